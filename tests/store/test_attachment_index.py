"""What the host asks of attachments across owners, in every store."""

from __future__ import annotations

from datetime import timedelta

from chatkit_host import clock
from chatkit_host.store import default_generate_id
from tests.store.conftest import AnyStore
from tests.store.samples import ME, file, thread

YOU = {"owner": "you"}
SOON = timedelta(minutes=1)


async def test_an_attachment_is_found_with_its_owner(store: AnyStore) -> None:
    await store.save_attachment(file("atc_9"), YOU)
    assert await store.find_attachment("atc_9") == ("you", file("atc_9"))
    assert await store.find_attachment("atc_8") is None


async def test_a_threads_attachments_are_known_though_it_is_gone(store: AnyStore) -> None:
    await store.save_thread(thread(), ME)
    await store.save_attachment(file("atc_1", thread_id="thr_1"), ME)
    await store.save_attachment(file("atc_2", thread_id=None), ME)
    assert await store.thread_attachments("thr_1", ME) == ["atc_1"]
    assert await store.thread_attachments("thr_1", YOU) == []
    await store.delete_thread("thr_1", ME)
    assert await store.thread_attachments("thr_1", ME) == ["atc_1"]


async def test_strays_are_in_no_thread_that_is_there_and_old_enough(store: AnyStore) -> None:
    await store.save_thread(thread(), ME)
    ids = [default_generate_id("attachment") for _ in range(3)]
    for attachment_id, thread_id in zip(ids, (None, "thr_1", "thr_gone"), strict=True):
        await store.save_attachment(file(attachment_id, thread_id=thread_id), ME)
    await store.save_attachment(file("their_own", thread_id=None), ME)
    now = clock.now()
    assert await store.stray_attachments(now - SOON, 10) == []
    found = await store.stray_attachments(now + SOON, 10)
    assert sorted(found) == [(ME["owner"], ids[0]), (ME["owner"], ids[2])]
    assert len(await store.stray_attachments(now + SOON, 1)) == 1
