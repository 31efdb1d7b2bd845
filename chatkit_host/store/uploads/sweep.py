"""Uploads that nobody ever sent, and those of threads that are gone, are deleted after a time."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

from chatkit_host import clock
from chatkit_host.errors import NotFoundError
from chatkit_host.logger import logger
from chatkit_host.store.attachment_index import AttachmentIndex
from chatkit_host.store.uploads.hosted import HostedAttachmentStore

INTERVAL = 3600.0
BATCH = 100


class Sweep:
    """Looks every hour; several hosts on one store may do so at once.

    It goes by what the store knows and never by what lies in the place for bytes, which other
    hosts may use too.

    Args:
        index: knows what is stray.
        uploads: deletes it.
        keep: seconds that an upload may wait to be sent.
    """

    def __init__(
        self, index: AttachmentIndex[object], uploads: HostedAttachmentStore, keep: float
    ) -> None:
        self._index = index
        self._uploads = uploads
        self._keep = timedelta(seconds=keep)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, beside everything else."""
        self._task = asyncio.create_task(self._run(), name="sweep uploads")

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def once(self) -> int:
        """Delete what is stray and old enough; gives how many that were."""
        before = clock.now() - self._keep
        swept = 0
        while True:
            strays = await self._index.stray_attachments(before, BATCH)
            deleted = [await self._delete(owner, stray) for owner, stray in strays]
            swept += sum(deleted)
            if len(strays) < BATCH or not all(deleted):
                return swept

    async def _run(self) -> None:
        while True:
            try:
                if swept := await self.once():
                    logger.info("Swept %d uploads that were in no message", swept)
            except Exception:
                logger.exception("The sweep of uploads failed; it is tried again")
            await asyncio.sleep(INTERVAL)

    async def _delete(self, owner: str, attachment_id: str) -> bool:
        try:
            await self._uploads.delete_stray(owner, attachment_id)
        except NotFoundError:
            return True  # somebody else was faster
        except Exception:
            logger.exception("Could not delete the upload %s", attachment_id)
            return False
        return True
