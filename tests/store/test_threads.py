"""Threads, in every store."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest

from chatkit_host.store import NotFoundError
from chatkit_host.types import LockedStatus, Page, Thread, ThreadMetadata
from tests.store.conftest import AnyStore
from tests.store.samples import ME, NOON, message, thread


async def test_a_thread_comes_back_whole(store: AnyStore) -> None:
    saved = thread(
        title="Grüße",
        status=LockedStatus(reason="late"),
        allowed_image_domains=["a.example"],
        metadata={"state": {"n": 1, "none": None}, "text": '"\x00\ud83d'},
    )
    await store.save_thread(saved, ME)
    assert await store.load_thread("thr_1", ME) == saved


async def test_a_thread_with_items_leaves_them_behind(store: AnyStore) -> None:
    whole = Thread(**thread().model_dump(), items=Page(data=[message("a")]))
    await store.save_thread(whole, ME)
    loaded = await store.load_thread("thr_1", ME)
    assert type(loaded) is ThreadMetadata
    assert (await store.load_thread_items("thr_1", None, 10, "asc", ME)).data == []


async def test_saving_again_changes_the_thread_and_not_its_items(store: AnyStore) -> None:
    await store.save_thread(thread(), ME)
    await store.add_thread_item("thr_1", message("a"), ME)
    await store.save_thread(thread(title="New", metadata={"a": 1}), ME)
    assert await store.load_thread("thr_1", ME) == thread(title="New", metadata={"a": 1})
    assert await store.load_item("thr_1", "a", ME) == message("a")


async def test_what_goes_in_and_out_are_copies(store: AnyStore) -> None:
    given = thread(metadata={"list": []})
    await store.save_thread(given, ME)
    given.metadata["list"].append(1)
    loaded = await store.load_thread("thr_1", ME)
    loaded.metadata["list"].append(2)
    assert (await store.load_thread("thr_1", ME)).metadata == {"list": []}


async def test_a_missing_thread_is_not_found(store: AnyStore) -> None:
    with pytest.raises(NotFoundError, match="thr_0"):
        await store.load_thread("thr_0", ME)
    with pytest.raises(NotFoundError):
        await store.delete_thread("thr_0", ME)


async def test_a_deleted_thread_takes_its_items_with_it(store: AnyStore) -> None:
    await store.save_thread(thread(), ME)
    await store.add_thread_item("thr_1", message("a"), ME)
    await store.save_feedback("thr_1", ["a"], "positive", ME)
    await store.delete_thread("thr_1", ME)
    with pytest.raises(NotFoundError):
        await store.load_thread("thr_1", ME)
    await store.save_thread(thread(), ME)
    assert (await store.load_thread_items("thr_1", None, 10, "asc", ME)).data == []
    assert await store.load_feedback("thr_1", ME) == {}


async def test_threads_come_by_time_of_creation(store: AnyStore) -> None:
    east = timezone(timedelta(hours=9))
    moments = {"b": NOON, "c": NOON + timedelta(microseconds=1), "a": NOON - timedelta(days=1)}
    for each, moment in moments.items():
        await store.save_thread(thread(each, moment.astimezone(east)), ME)
    assert await _all_ids(store, "asc", 10) == ["a", "b", "c"]
    assert await _all_ids(store, "desc", 10) == ["c", "b", "a"]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
async def test_pages_lose_no_thread_of_the_same_moment(store: AnyStore, limit: int) -> None:
    ids = [f"thr_{number}" for number in (3, 1, 2, 5, 4, 7, 6)]
    for each in ids:
        await store.save_thread(thread(each), ME)
    await store.save_thread(thread("thr_3", title="Saved again, in its old place"), ME)
    assert await _all_ids(store, "asc", limit) == ids
    assert await _all_ids(store, "desc", limit) == ids[::-1]


async def test_the_cursor_is_there_only_where_there_is_more(store: AnyStore) -> None:
    for each in ("a", "b"):
        await store.save_thread(thread(each), ME)
    page = await store.load_threads(1, None, "asc", ME)
    assert (page.has_more, page.after) == (True, "a")
    page = await store.load_threads(1, "a", "asc", ME)
    assert (page.has_more, page.after) == (False, None)
    assert (await store.load_threads(1, "b", "asc", ME)).data == []


async def test_a_cursor_that_is_not_there_is_not_found(store: AnyStore) -> None:
    await store.save_thread(thread(), ME)
    with pytest.raises(NotFoundError, match="thr_0"):
        await store.load_threads(10, "thr_0", "desc", ME)


async def test_no_threads_are_an_empty_page(store: AnyStore) -> None:
    assert await store.load_threads(10, None, "desc", ME) == Page()


async def _all_ids(store: AnyStore, order: str, limit: int) -> list[str]:
    found: list[str] = []
    after = None
    while True:
        page = await store.load_threads(limit, after, order, ME)
        found += [each.id for each in page.data]
        assert page.has_more == (page.after is not None)
        if page.after is None:
            return found
        assert page.after == found[-1]
        after = page.after
