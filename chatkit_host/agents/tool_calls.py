"""The tool calls of a run, kept in the thread so that the next turn's model knows of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from chatkit_host import clock
from chatkit_host.agents.client_tools import ClientToolCall
from chatkit_host.agents.context import AgentContext
from chatkit_host.types import (
    ClientToolCallItem,
    OpenCall,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ToolCallItem,
)


class ToolCalls:
    """Writes each call down when it begins, and again with its output.

    A call that ends once a client tool call is asked for may be that very call, so it waits for
    `settle`: the turn is nearly over then.
    """

    def __init__(self, context: AgentContext[Any]) -> None:
        self._context = context
        self._calls: dict[str, ToolCallItem] = {}
        self._waiting: list[ToolCallItem] = []

    def go_on_with(self, calls: Sequence[OpenCall]) -> None:
        """Take up calls of a run that has waited."""
        for call in calls:
            self.began(call.call_id, call.name, call.arguments)

    def open_calls(self) -> list[OpenCall]:
        """The calls that have no output yet."""
        return [
            OpenCall(call_id=item.call_id, name=item.name, arguments=item.arguments)
            for item in self._calls.values()
            if item.output is None
        ]

    def began(self, call_id: str, name: str, arguments: str) -> None:
        """A call begins; told twice, it counts once."""
        if call_id in self._calls:
            return
        item = self._calls[call_id] = ToolCallItem(
            id=self._context.generate_id("tool_call"),
            thread_id=self._context.thread.id,
            created_at=clock.now(),
            call_id=call_id,
            name=name,
            arguments=arguments,
        )
        self._context.emit(ThreadItemAddedEvent(item=item.model_copy()))

    def ended(self, call_id: str, output: str) -> None:
        """The call's output is there; the first one counts."""
        item = self._calls.get(call_id)
        if item is None or item.output is not None:
            return
        item.output = output
        if self._context.client_tool_call is not None:
            self._waiting.append(item)
        else:
            self._context.emit(ThreadItemDoneEvent(item=item))

    def settle(self, *, client: bool) -> None:
        """The run is over: write down what waits, and with `client` the client tool call."""
        asked = self._context.client_tool_call if client else None
        answered = None if asked is None else self._call_behind(asked)
        for item in self._waiting:
            if item is not answered:
                self._context.emit(ThreadItemDoneEvent(item=item))
        self._waiting.clear()
        if asked is None:
            return
        if asked.within and answered is not None:
            # Its output is that of the client tool call, which has the same call id.
            kept = answered.model_copy(update={"output": None})
            self._context.emit(ThreadItemDoneEvent(item=kept))
        self._context.emit(ThreadItemDoneEvent(item=self._client_item(asked, answered)))

    def _call_behind(self, asked: ClientToolCall) -> ToolCallItem | None:
        """The model's call that became a client tool call: as it says, or else the likeliest."""
        if asked.call_id is not None:
            return self._calls.get(asked.call_id)
        return max(self._waiting, key=lambda item: _likeness(item, asked), default=None)

    def _client_item(self, asked: ClientToolCall, call: ToolCallItem | None) -> ClientToolCallItem:
        # With the call's item id, so that it takes the place of what was written down before.
        context = self._context
        takes_place = call is not None and not asked.within
        return ClientToolCallItem(
            id=call.id if call and takes_place else context.generate_id("tool_call"),
            thread_id=context.thread.id,
            created_at=call.created_at if call else clock.now(),
            call_id=(call.call_id if call else asked.call_id) or context.generate_id("tool_call"),
            name=asked.name,
            arguments=asked.arguments,
        )


def _likeness(item: ToolCallItem, asked: ClientToolCall) -> tuple[bool, bool]:
    return item.name == asked.name, _parsed(item.arguments) == asked.arguments


def _parsed(arguments: str) -> object:
    try:
        return json.loads(arguments or "{}")
    except ValueError:
        return None
