"""`agents`: who answers."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from chatkit_host.config.guardrails import AgentGuardrails
from chatkit_host.config.models import ModelSettings
from chatkit_host.config.names import AgentName, ModelName, OneOfItsTools, ToolName, WidgetName
from chatkit_host.config.schemas import Schema
from chatkit_host.config.section import Section
from chatkit_host.config.show import AgentShow
from chatkit_host.config.steps import Step
from chatkit_host.config.values import Expression, LongText


class Handoff(Section):
    """An agent that the conversation may be passed to; its name for short."""

    short: ClassVar[str | None] = "agent"

    agent: AgentName = Field(description="Who takes over.")
    if_: Expression | None = Field(None, alias="if", description="When it may be passed.")
    description: str | None = Field(None, description="What the model is told this is for.")
    history: Literal["all", "messages", "last"] = Field(
        "all", description="What the other one reads of it: all, without calls, or the last word."
    )


class Output(Section):
    """An answer that is data, and what becomes of it."""

    schema_: Schema = Field(alias="schema", description="What the answer is made of.")
    widget: WidgetName | None = Field(None, description="A widget that shows it, as its data.")
    steps: tuple[Step, ...] = Field((), description="What is done with it; they see `output`.")


class Agent(Section):
    """An agent: its instructions, its model, and what it may use."""

    instructions: LongText = Field(description="What the agent is told, afresh before each turn.")
    description: str | None = Field(None, description="What it is for, as other agents see it.")
    model: ModelName | None = Field(
        None, description="A name from `models`, or provider/model; else `models.default`."
    )
    tools: tuple[ToolName, ...] = Field((), description="The tools it may call.")
    stop_at: tuple[OneOfItsTools, ...] = Field((), description="Tools whose result ends the turn.")
    handoffs: tuple[Handoff, ...] = Field((), description="Agents it may pass the conversation to.")
    output: Output | None = Field(None, description="If its answers are data, not words.")
    guardrails: AgentGuardrails = Field(AgentGuardrails.left_out(), description="What stops it.")
    max_turns: int = Field(10, ge=1, description="How often the model may be asked in one turn.")
    settings: ModelSettings = ModelSettings.left_out()
    show: AgentShow = Field(
        AgentShow.left_out(), description="What is seen of it besides its answers."
    )
