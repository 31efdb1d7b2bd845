"""A hosted attachment store in memory."""

from __future__ import annotations

import asyncio

from chatkit_host import clock
from chatkit_host.context import RequestContext
from chatkit_host.store import MemoryStore
from chatkit_host.store.blobs import MemoryBlobs
from chatkit_host.store.uploads import HostedAttachmentStore, Links, UploadRules
from chatkit_host.types import ThreadMetadata

ANN = RequestContext("ann", {"id": "ann"}, {}, "https://bot.example")


class WatchedBlobs(MemoryBlobs):
    """Tells when something is deleted."""

    def __init__(self) -> None:
        super().__init__()
        self.deleted = asyncio.Event()

    async def delete(self, key: str) -> None:
        await super().delete(key)
        self.deleted.set()


def hosted(
    rules: UploadRules | None = None,
) -> tuple[MemoryStore, WatchedBlobs, HostedAttachmentStore]:
    store, blobs = MemoryStore(), WatchedBlobs()
    links = Links(b"k" * 32, "/chatkit/attachments", 3600)
    return (
        store,
        blobs,
        HostedAttachmentStore(store, blobs, rules=rules or UploadRules(), links=links),
    )


def thread_of(id: str) -> ThreadMetadata:
    return ThreadMetadata(id=id, created_at=clock.now())
