"""What every kind of tool gives: a result for checked arguments."""

from __future__ import annotations

from typing import Any, Protocol

from chatkit_host.agents.turn_context import TurnContext


class ToolKind(Protocol):
    """How one kind of tool does its work."""

    async def call(self, turn: TurnContext, arguments: dict[str, Any], call_id: str | None) -> Any:
        """The result, as plain data. Raises ToolError with a text for the caller."""
