"""The order in which a model should read a thread's items."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from chatkit_host.types import (
    AssistantMessageItem,
    ClientToolCallItem,
    ThreadItem,
    ToolCallItem,
    UserMessageItem,
)


def calls_first(items: Sequence[ThreadItem]) -> list[ThreadItem]:
    """The items, with each tool call before what the tool left in the thread.

    A call is stored when its output is known, and so after the context and widgets that the tool
    put there. For the model these follow from the call: they belong after it.
    """
    ordered: list[ThreadItem] = []
    for item in items:
        place = len(ordered)
        if isinstance(item, ToolCallItem):
            while place and _came_of(ordered[place - 1], item):
                place -= 1
        ordered.insert(place, item)
    return ordered


def calls_joined(items: Sequence[ThreadItem]) -> list[ThreadItem]:
    """The items, with a tool's call and the client tool call that it came to as one.

    Both have the same call id. The model reads its own call, and what the page gave as its result;
    while the page has not answered, neither.
    """
    asked = {item.call_id: item for item in items if isinstance(item, ClientToolCallItem)}
    own = {
        item.call_id: item
        for item in items
        if isinstance(item, ToolCallItem) and item.call_id in asked
    }
    if not own:
        return list(items)
    kept = [item for item in items if not (isinstance(item, ToolCallItem) and item.call_id in own)]
    return [_joined(item, own) for item in kept]


def _joined(item: ThreadItem, own: Mapping[str, ToolCallItem]) -> ThreadItem:
    if not isinstance(item, ClientToolCallItem) or item.call_id not in own:
        return item
    if item.status == "pending":
        return item
    output = json.dumps(item.output, ensure_ascii=False)
    return own[item.call_id].model_copy(update={"output": output})


def last_user_message(items: Sequence[ThreadItem]) -> UserMessageItem | None:
    """The newest of the user's messages."""
    return next((item for item in reversed(items) if isinstance(item, UserMessageItem)), None)


def _came_of(item: ThreadItem, call: ToolCallItem) -> bool:
    if isinstance(item, UserMessageItem | AssistantMessageItem):
        return False
    return item.created_at >= call.created_at
