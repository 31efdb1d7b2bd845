"""`return:` a tool that only looks something up."""

from __future__ import annotations

from typing import Any

from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.config.tools import ReturnTool
from chatkit_host.templates import compile_value
from chatkit_host.tools.tool import argument_scope


class ReturnKind:
    """Renders its value."""

    def __init__(self, spec: ReturnTool) -> None:
        self._value = compile_value(spec.return_)

    async def call(self, turn: TurnContext, arguments: dict[str, Any], call_id: str | None) -> Any:
        return self._value.render(argument_scope(turn, arguments))
