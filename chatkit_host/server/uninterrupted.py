"""Work that a cancelling waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from functools import partial
from typing import Any, TypeVar

from chatkit_host.logger import logger

T = TypeVar("T")


async def uninterrupted(work: Awaitable[T]) -> T:
    """Do it to its end; a cancelling that comes meanwhile is felt afterwards."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        # What asyncio.wait does, for one task: each finished item of a turn comes through here.
        ended: asyncio.Future[None] = task.get_loop().create_future()
        task.add_done_callback(partial(_tell, ended))
        try:
            await ended
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is None:
        return task.result()
    if not task.cancelled() and (failure := task.exception()):
        logger.error("Work that a cancelling waited for has failed", exc_info=failure)
    raise cancelled


def _tell(ended: asyncio.Future[None], _: asyncio.Future[Any]) -> None:
    if not ended.done():
        ended.set_result(None)
