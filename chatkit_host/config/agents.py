"""`agents`: who answers."""

from __future__ import annotations

from pydantic import Field

from chatkit_host.config.guardrails import AgentGuardrails
from chatkit_host.config.models import ModelSettings
from chatkit_host.config.section import Section
from chatkit_host.config.show import AgentShow
from chatkit_host.config.values import LongText


class Agent(Section):
    """An agent: its instructions, its model, and what it may use."""

    instructions: LongText = Field(description="What the agent is told, afresh before each turn.")
    description: str | None = Field(None, description="What it is for, as other agents see it.")
    model: str | None = Field(
        None, description="A name from `models`, or provider/model; else `models.default`."
    )
    tools: tuple[str, ...] = Field((), description="The tools it may call.")
    stop_at: tuple[str, ...] = Field((), description="Tools whose result ends the turn.")
    handoffs: tuple[str, ...] = Field((), description="Agents it may pass the conversation to.")
    guardrails: AgentGuardrails = Field(AgentGuardrails(), description="What stops it.")
    max_turns: int = Field(10, ge=1, description="How often the model may be asked in one turn.")
    settings: ModelSettings = ModelSettings()
    show: AgentShow = Field(AgentShow(), description="What is seen of it besides its answers.")
