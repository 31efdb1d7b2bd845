"""The sweep: what was never sent, and what a deletion has left over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chatkit_host import clock
from chatkit_host.context import RequestContext
from chatkit_host.store import MemoryStore
from chatkit_host.store.blobs import MemoryBlobs
from chatkit_host.store.uploads import HostedAttachmentStore, Links, Spool, Sweep, UploadRules
from chatkit_host.types import Attachment
from tests.store.uploads.stores import ANN, hosted, thread_of

DAY = 86400.0


async def uploaded(uploads: HostedAttachmentStore, context: RequestContext = ANN) -> Attachment:
    with Spool(100) as spool:
        await spool.write(b"Hello")
        return await uploads.receive("a.txt", "text/plain", spool, context)


@pytest.fixture
def tomorrow(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes it tomorrow when it is called."""

    def come() -> None:
        later = clock.now() + timedelta(days=1, minutes=1)
        monkeypatch.setattr(clock, "now", lambda: later)

    return come


async def test_what_is_never_sent_goes_after_its_time_with_its_bytes(tomorrow: Any) -> None:
    store, blobs, uploads = hosted()
    sweep = Sweep(store, uploads, DAY)
    await store.save_thread(thread_of("thr_1"), ANN)
    sent = await uploaded(uploads)
    await store.save_attachment(sent.model_copy(update={"thread_id": "thr_1"}), ANN)
    stray = await uploaded(uploads, RequestContext("bob", {"id": "bob"}))
    assert await sweep.once() == 0
    tomorrow()
    assert await sweep.once() == 1
    assert await store.find_attachment(stray.id) is None
    assert await store.find_attachment(sent.id) is not None
    assert len(blobs) == 1


async def test_what_a_deleted_thread_left_over_goes_too(tomorrow: Any) -> None:
    store, blobs, uploads = hosted()
    await store.save_thread(thread_of("thr_1"), ANN)
    kept = await uploads.keep(
        name="x", mime_type="text/plain", data=b"x", thread=thread_of("thr_1"), context=ANN
    )
    await store.delete_thread("thr_1", ANN)
    tomorrow()
    assert await Sweep(store, uploads, DAY).once() == 1
    assert (await store.find_attachment(kept.id), len(blobs)) == (None, 0)


class _Stuck(MemoryBlobs):
    async def delete(self, key: str) -> None:
        raise OSError("stuck")


async def test_what_cannot_be_deleted_is_tried_again_another_time(tomorrow: Any) -> None:
    store = MemoryStore()
    uploads = HostedAttachmentStore(
        store, _Stuck(), rules=UploadRules(), links=Links(b"k" * 32, "/chatkit/attachments", 60)
    )
    stray = await uploaded(uploads)
    tomorrow()
    assert await Sweep(store, uploads, DAY).once() == 0
    assert await store.find_attachment(stray.id) is not None


async def test_it_runs_beside_and_ends(tomorrow: Any) -> None:
    store, blobs, uploads = hosted()
    await uploaded(uploads)
    tomorrow()
    sweep = Sweep(store, uploads, DAY)
    deleted = blobs.deleted
    sweep.start()
    await deleted.wait()
    await sweep.stop()
