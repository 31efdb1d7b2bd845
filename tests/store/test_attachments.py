"""What is known about uploads, in every store."""

from __future__ import annotations

import pytest

from chatkit_host.store import AttachmentStore, NotFoundError
from chatkit_host.types import AttachmentCreateParams
from tests.store.conftest import AnyStore
from tests.store.samples import ME, file, image, message, thread


async def test_attachments_come_back_with_their_metadata(store: AnyStore) -> None:
    for attachment in (file(), image(), file("atc_3", metadata={}), file("atc_4", metadata=None)):
        await store.save_attachment(attachment, ME)
        assert await store.load_attachment(attachment.id, ME) == attachment


async def test_saving_again_replaces(store: AnyStore) -> None:
    await store.save_attachment(file(), ME)
    placed = file(thread_id="thr_1", metadata={"new": True})
    await store.save_attachment(placed, ME)
    assert await store.load_attachment("atc_1", ME) == placed


async def test_a_deleted_attachment_is_gone(store: AnyStore) -> None:
    await store.save_attachment(file(), ME)
    await store.delete_attachment("atc_1", ME)
    for call in (store.load_attachment, store.delete_attachment):
        with pytest.raises(NotFoundError, match="atc_1"):
            await call("atc_1", ME)
    await store.save_attachment(file(), {"owner": "another"})


async def test_attachments_outlive_their_thread(store: AnyStore) -> None:
    await store.save_thread(thread(), ME)
    await store.add_thread_item("thr_1", message("a"), ME)
    await store.save_attachment(file(thread_id="thr_1"), ME)
    await store.delete_thread("thr_1", ME)
    assert (await store.load_attachment("atc_1", ME)).thread_id == "thr_1"


class _Blobs(AttachmentStore[dict[str, str]]):
    async def delete_attachment(self, attachment_id: str, context: dict[str, str]) -> None:
        return None


async def test_a_place_for_uploads_need_not_take_announced_ones() -> None:
    blobs = _Blobs()
    params = AttachmentCreateParams(name="a", size=1, mime_type="text/plain")
    with pytest.raises(NotImplementedError, match="_Blobs"):
        await blobs.create_attachment(params, ME)
    assert blobs.generate_attachment_id("text/plain", ME).startswith("atc_")
