"""`guardrails:` → what stops a run: before the model is asked, beside it, or at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chatkit_host.agents.guards import Guard
from chatkit_host.agents.tool_error import ToolError
from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.compiler.rails import Rail
from chatkit_host.compiler.said import items_said, said_in
from chatkit_host.config.root import Config
from chatkit_host.errors import CustomStreamError
from chatkit_host.types import ThreadItem

if TYPE_CHECKING:
    from agents import OutputGuardrail

BLOCKED_KEY = "blocked"
"""Where a thread's metadata keeps the ids of messages that no model may read."""


class Guardrails:
    """All declared guardrails."""

    def __init__(self, config: Config, rails: Mapping[str, Rail]) -> None:
        self._rails = rails
        self._of = {name: agent.guardrails for name, agent in config.agents.items()}

    def before(self, agent: str, turn: TurnContext, history: Sequence[ThreadItem]) -> None:
        """Refuse what a pattern finds in what the user says, before any model reads it.

        Raises:
            CustomStreamError: with what the user is told.
        """
        told = self._quick(agent, turn, _new(turn, history))
        if told is not None:
            _block(turn, history)
            raise CustomStreamError(told)

    def objects(self, agent: str, turn: TurnContext) -> bool:
        """Whether a pattern finds something in the user's message."""
        return self._quick(agent, turn, said_in(turn)) is not None

    def before_asking(self, agent: str, turn: TurnContext, text: str) -> None:
        """The same for what an agent that serves as a tool is asked; raises ToolError."""
        told = self._quick(agent, turn, [text])
        if told is not None:
            raise ToolError(told)

    def beside(self, agent: str, turn: TurnContext, history: Sequence[ThreadItem]) -> list[Guard]:
        """The functions that look at what the user says while the model thinks."""
        text = "\n".join(_new(turn, history))
        rails = [self._rails[name] for name in self._of[agent].input] if text else []

        def guard(rail: Rail) -> Guard:
            async def look(_: Any) -> str | None:
                told = await rail.thorough(turn, text)
                if told is not None:
                    _block(turn, history)
                return told

            return look

        return [guard(rail) for rail in rails if rail.function is not None]

    def after(self, agent: str) -> list[OutputGuardrail[TurnContext]]:
        """What looks at the complete answer, as the SDK has it."""
        from agents import OutputGuardrail

        return [
            OutputGuardrail(_looking(self._rails[name]), name=name)
            for name in self._of[agent].output
        ]

    def _quick(self, agent: str, turn: TurnContext, texts: Sequence[str]) -> str | None:
        rails = (self._rails[name] for name in self._of[agent].input)
        found = (rail.quick(turn, text) for rail in rails for text in texts)
        return next((told for told in found if told is not None), None)


def readable_items(turn: TurnContext, history: Sequence[ThreadItem]) -> list[ThreadItem]:
    """The history less the messages that a guardrail has kept from the model."""
    blocked = turn.thread.metadata.get(BLOCKED_KEY, ())
    return [item for item in history if item.id not in blocked]


def _new(turn: TurnContext, history: Sequence[ThreadItem]) -> list[str]:
    """What the user says, less answers that no model will read."""
    return said_in(turn, readable_items(turn, history))


def _block(turn: TurnContext, history: Sequence[ThreadItem]) -> None:
    """Keep what was said from the models of later turns, too."""
    blocked = turn.thread.metadata.get(BLOCKED_KEY, ())
    said = [item_id for item_id in items_said(turn, history) if item_id not in blocked]
    if said:
        turn.thread.metadata[BLOCKED_KEY] = [*blocked, *said]


def _looking(rail: Rail) -> Any:
    from agents import GuardrailFunctionOutput

    async def look(run: Any, _: Any, output: Any) -> GuardrailFunctionOutput:
        told = await rail.thorough(run.context, str(output))
        info = None if told is None else {"message": told}
        return GuardrailFunctionOutput(output_info=info, tripwire_triggered=told is not None)

    return look
