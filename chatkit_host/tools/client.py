"""`client:` a tool that the page runs; the turn ends until it answers."""

from __future__ import annotations

from typing import Any

from chatkit_host.agents.tool_error import ToolError
from chatkit_host.agents.turn_context import ONE_CALL, TurnContext
from chatkit_host.agents.waiting import require_thread


class ClientKind:
    """Leaves the call for the client, whose answer begins the next turn."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def call(self, turn: TurnContext, arguments: dict[str, Any], call_id: str | None) -> Any:
        if call_id is None:
            raise ToolError(
                f"{self._name} is the page's: only an agent can call it. A list of steps asks the "
                "page with the step client_tool."
            )
        require_thread(self._name)
        if turn.client_tool_call is not None:
            raise ToolError(ONE_CALL)
        given = {name: value for name, value in arguments.items() if value is not None}
        turn.call_client(self._name, given, call_id=call_id)
