"""`client:` a tool that the page runs; the turn ends until it answers."""

from __future__ import annotations

from typing import Any

from chatkit_host.agents.tool_error import ToolError
from chatkit_host.agents.turn_context import TurnContext


class ClientKind:
    """Leaves the call for the client, whose answer begins the next turn."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def call(self, turn: TurnContext, arguments: dict[str, Any], call_id: str | None) -> Any:
        if call_id is None:
            raise ToolError(f"{self._name} is the page's: only an agent can wait for its answer.")
        if turn.client_tool_call is not None:
            raise ToolError("The page runs one tool at a time; call this one again afterwards.")
        given = {name: value for name, value in arguments.items() if value is not None}
        turn.call_client(self._name, given, call_id=call_id)
