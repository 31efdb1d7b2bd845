"""The part of a thread that the model gets to see."""

from __future__ import annotations

from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.types import ApprovalItem, ThreadItem, UsageItem, WidgetDataItem

_NEVER_READ = (ApprovalItem, UsageItem, WidgetDataItem)
"""What is kept beside the conversation, and is no part of it."""


async def load_history(turn: TurnContext, limit: int) -> list[ThreadItem]:
    """The newest items of the thread, the oldest first.

    A call and its output are one item, so a limit never parts them.
    """
    found: list[ThreadItem] = []
    after: str | None = None
    while len(found) < limit:
        # There are some in each turn that do not count.
        page = await turn.store.load_thread_items(
            turn.thread.id, after, limit + limit // 4, "desc", context=turn.request_context
        )
        found += [item for item in page.data if not isinstance(item, _NEVER_READ)]
        if not page.has_more:
            break
        after = page.after
    return list(reversed(found[:limit]))
