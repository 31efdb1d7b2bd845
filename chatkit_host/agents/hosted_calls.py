"""Calls that the model's server carries out itself, shown as tasks while they run."""

from __future__ import annotations

import json
from typing import Any

from chatkit_host import clock
from chatkit_host.agents.context import AgentContext
from chatkit_host.agents.display import Display
from chatkit_host.agents.shown_task import ShownTask
from chatkit_host.ids import new_id
from chatkit_host.types import ThreadItemDoneEvent, ToolCallItem

KINDS = frozenset(
    {
        "web_search_call",
        "file_search_call",
        "code_interpreter_call",
        "image_generation_call",
        "mcp_call",
    }
)


class HostedCalls:
    """Follows the hosted calls of one response, by their place in its output."""

    def __init__(self, context: AgentContext[Any], display: Display, agent: str | None) -> None:
        self._context = context
        self._display = display
        self._agent = agent
        self._shown: dict[int, ShownTask] = {}

    async def begin(self, place: int, call: Any) -> None:
        """The server begins a call."""
        task = self._display.hosted_task(call, self._agent)
        if task is not None:
            self._shown[place] = await self._context.show_task(task)

    async def finish(self, place: int, call: Any) -> None:
        """The call is over; its item says what came of it."""
        shown, task = self._shown.pop(place, None), self._display.hosted_task(call, self._agent)
        if shown is not None:
            await shown.change(task)
        elif task is not None:
            await (await self._context.show_task(task)).change()
        if call.type == "mcp_call":
            self._keep(call)

    def _keep(self, call: Any) -> None:
        """Keep what a remote tool was asked and said, as with our own: the next turn needs it.

        The other kinds are not kept: what they found is in the answer, with its citations.
        """
        output = call.output if call.output is not None else f"Error: {_reason(call.error)}"
        item = ToolCallItem(
            id=self._context.generate_id("tool_call"),
            thread_id=self._context.thread.id,
            created_at=clock.now(),
            call_id=new_id("call"),
            name=call.name,
            arguments=call.arguments or "{}",
            output=output,
        )
        self._context.emit(ThreadItemDoneEvent(item=item))


def _reason(error: Any) -> str:
    if error is None or isinstance(error, str):
        return error or "no reason was given"
    fields = error if isinstance(error, dict) else getattr(error, "__dict__", {})
    return str(fields.get("message") or json.dumps(fields, default=str))
