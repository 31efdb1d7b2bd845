"""What a run has spent, kept in its thread and told in the log."""

from __future__ import annotations

from dataclasses import asdict

from chatkit_host import clock
from chatkit_host.agents.spent import Spent
from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.ids import new_id
from chatkit_host.logger import logger
from chatkit_host.types import UsageItem

APART = "(apart)"
"""Stands for an agent where nobody has answered in the thread: a title was asked for, perhaps."""


async def record_usage(turn: TurnContext, agent: str, spent: Spent) -> None:
    """Keep it as a hidden item of the thread: the owner's, as the thread is, and gone with it.

    A run that failed or was cancelled has spent too, so this must work while all else ends.
    """
    if not spent:
        return
    logger.info("usage thread=%s agent=%s %s", turn.thread.id, agent, spent)
    item = UsageItem(
        id=new_id("use"),
        thread_id=turn.thread.id,
        created_at=clock.now(),
        agent=agent,
        **asdict(spent),
    )
    try:
        await turn.store.add_thread_item(turn.thread.id, item, turn.request_context)
    except Exception:
        logger.warning("the usage of a run in %s could not be kept", turn.thread.id, exc_info=True)
