"""`steps:` a tool that is a list of steps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from chatkit_host.agents.turn_context import TurnContext

RunSteps = Callable[[TurnContext, dict[str, Any]], Awaitable[Any]]
"""Runs a compiled list with these names in scope; gives its `return`."""


class StepsKind:
    """Runs its list."""

    def __init__(self, run: RunSteps) -> None:
        self._run = run

    async def call(self, turn: TurnContext, arguments: dict[str, Any], call_id: str | None) -> Any:
        # Parameters do not hide what is in scope everywhere; `args` has them all.
        free = {name: value for name, value in arguments.items() if name not in turn.scope()}
        return await self._run(turn, {**free, "args": arguments})
