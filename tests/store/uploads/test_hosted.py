"""The host's attachment store, without the web around it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterable
from typing import Any

import pytest
from PIL import Image

from chatkit_host.context import RequestContext
from chatkit_host.errors import (
    ConflictError,
    InvalidRequestError,
    NotFoundError,
    PayloadTooLargeError,
)
from chatkit_host.store import MemoryStore
from chatkit_host.store.blobs import MemoryBlobs
from chatkit_host.store.uploads import (
    HostedAttachmentStore,
    Links,
    Spool,
    UploadRules,
    id_in,
    is_received,
    size_of,
)
from chatkit_host.types import AttachmentCreateParams, ImageAttachment
from tests.store.uploads.stores import ANN, hosted, thread_of

BOB = RequestContext("bob", {"id": "bob"}, {}, "https://bot.example")


def png(width: int = 30, height: int = 20) -> bytes:
    into = io.BytesIO()
    Image.new("RGBA", (width, height), "blue").save(into, "PNG")
    return into.getvalue()


async def fill(uploads: HostedAttachmentStore, attachment_id: str, data: bytes) -> Any:
    with Spool(uploads.rules.max_size) as spool:
        await spool.write(data)
        return await uploads.fill(attachment_id, spool, ANN)


async def announced(store: MemoryStore, uploads: HostedAttachmentStore, **given: Any) -> str:
    params = {"name": "a.txt", "size": 5, "mime_type": "text/plain", **given}
    attachment = await uploads.create_attachment(AttachmentCreateParams(**params), ANN)
    await store.save_attachment(attachment, ANN)
    return attachment.id


async def test_what_the_host_makes_is_kept_whole_with_a_picture_to_show() -> None:
    _, _, uploads = hosted()
    kept = await uploads.keep(
        name="../cat.png",
        mime_type="image/png",
        data=png(3000, 10),
        thread=thread_of("thr_1"),
        context=ANN,
    )
    assert isinstance(kept, ImageAttachment)
    assert (kept.name, kept.thread_id, size_of(kept)) == ("cat.png", "thr_1", len(png(3000, 10)))
    assert id_in(str(kept.preview_url)) == kept.id
    assert await uploads.load(kept.id, ANN) == png(3000, 10)
    opened = await uploads.open(kept.id, ANN, preview=True)
    shown = b"".join([chunk async for chunk in opened.chunks])
    with Image.open(io.BytesIO(shown)) as seen:
        assert seen.size == (3000, 10)
    for call in (uploads.load(kept.id, BOB), uploads.open(kept.id, BOB, preview=True)):
        with pytest.raises(NotFoundError):
            await call


async def test_what_is_larger_than_users_may_send_is_kept_all_the_same() -> None:
    _, _, uploads = hosted(UploadRules(max_size=10, accept=("text/*",)))
    kept = await uploads.keep(
        name="cat", mime_type="image/png", data=png(), thread=None, context=ANN
    )
    assert is_received(kept)


async def test_links_are_put_into_json_on_its_way_out_for_who_reads() -> None:
    _, _, uploads = hosted()
    kept = await uploads.keep(
        name="cat", mime_type="image/png", data=png(), thread=None, context=ANN
    )
    stored = kept.model_dump_json().encode()
    for_ann, for_bob = uploads.put_links(stored, ANN), uploads.put_links(stored, BOB)
    assert f'"https://bot.example/chatkit/attachments/{kept.id}/preview?until='.encode() in for_ann
    assert for_ann != for_bob
    assert uploads.put_links(b'{"text":"hello"}', ANN) == b'{"text":"hello"}'


async def test_without_a_host_there_is_no_link() -> None:
    _, _, uploads = hosted()
    nowhere = RequestContext("ann", {"id": "ann"})
    params = AttachmentCreateParams(name="a.txt", size=1, mime_type="text/plain")
    with pytest.raises(InvalidRequestError, match="Host header"):
        await uploads.create_attachment(params, nowhere)


class _Slow(MemoryBlobs):
    def __init__(self) -> None:
        super().__init__()
        self.saving, self.gate = asyncio.Event(), asyncio.Event()

    async def save(self, key: str, chunks: AsyncIterable[bytes]) -> None:
        self.saving.set()
        await self.gate.wait()
        await super().save(key, chunks)


def slow() -> tuple[MemoryStore, _Slow, HostedAttachmentStore]:
    store, blobs = MemoryStore(), _Slow()
    links = Links(b"k" * 32, "/chatkit/attachments", 60)
    return store, blobs, HostedAttachmentStore(store, blobs, rules=UploadRules(), links=links)


async def test_bytes_that_come_twice_at_once_are_taken_once() -> None:
    store, blobs, uploads = slow()
    attachment_id = await announced(store, uploads)
    first = asyncio.create_task(fill(uploads, attachment_id, b"first"))
    await blobs.saving.wait()
    with pytest.raises(ConflictError, match="coming already"):
        await fill(uploads, attachment_id, b"second")
    blobs.gate.set()
    await first
    assert await uploads.load(attachment_id, ANN) == b"first"
    with pytest.raises(ConflictError, match="here already"):
        await fill(uploads, attachment_id, b"third")


async def test_what_is_deleted_while_it_comes_stays_deleted() -> None:
    store, blobs, uploads = slow()
    attachment_id = await announced(store, uploads)
    coming = asyncio.create_task(fill(uploads, attachment_id, b"bytes"))
    await blobs.saving.wait()
    await store.delete_attachment(attachment_id, ANN)
    blobs.gate.set()
    with pytest.raises(NotFoundError):
        await coming
    assert len(blobs) == 0


async def test_who_is_cancelled_leaves_nothing() -> None:
    store, blobs, uploads = slow()
    attachment_id = await announced(store, uploads)
    coming = asyncio.create_task(fill(uploads, attachment_id, b"bytes"))
    await blobs.saving.wait()
    coming.cancel()
    with pytest.raises(asyncio.CancelledError):
        await coming
    assert len(blobs) == 0
    blobs.gate.set()
    await fill(uploads, attachment_id, b"again")


async def test_a_spool_counts_and_spills() -> None:
    with Spool(3_000_000) as spool:
        for _ in range(30):
            await spool.write(b"x" * 100_000)
        assert spool.size == 3_000_000
        assert sum([len(chunk) async for chunk in spool.chunks()]) == 3_000_000
        with pytest.raises(PayloadTooLargeError, match="3 MB"):
            await spool.write(b"x")


def test_a_store_that_knows_nothing_across_owners_will_not_do() -> None:
    with pytest.raises(TypeError, match="AttachmentIndex"):
        HostedAttachmentStore(
            object(),  # type: ignore[arg-type]
            MemoryBlobs(),
            rules=UploadRules(),
            links=Links(b"k" * 32, "/x", 60),
        )
