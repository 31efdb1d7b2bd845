"""The order in which a model should read a thread's items."""

from __future__ import annotations

from collections.abc import Sequence

from chatkit_host.types import AssistantMessageItem, ThreadItem, ToolCallItem, UserMessageItem


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


def last_user_message(items: Sequence[ThreadItem]) -> UserMessageItem | None:
    """The newest of the user's messages."""
    return next((item for item in reversed(items) if isinstance(item, UserMessageItem)), None)


def _came_of(item: ThreadItem, call: ToolCallItem) -> bool:
    if isinstance(item, UserMessageItem | AssistantMessageItem):
        return False
    return item.created_at >= call.created_at
