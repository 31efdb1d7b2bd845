"""The part of a thread that the model gets to see."""

from __future__ import annotations

from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.types import ThreadItem


async def load_history(turn: TurnContext, limit: int) -> list[ThreadItem]:
    """The newest items of the thread, the oldest first.

    A call and its output are one item, so a limit never parts them.
    """
    page = await turn.store.load_thread_items(
        turn.thread.id, None, limit, "desc", context=turn.request_context
    )
    return list(reversed(page.data))
