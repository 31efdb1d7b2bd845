"""Items, in every store."""

from __future__ import annotations

import pytest

from chatkit_host.store import NotFoundError
from chatkit_host.types import ThreadItem
from tests.store.calls import CALLS
from tests.store.conftest import AnyStore
from tests.store.samples import ME, client_call, every_kind, hidden, message, thread


@pytest.fixture(autouse=True)
async def with_thread(store: AnyStore) -> None:
    """A thread to put items into."""
    await store.save_thread(thread(), ME)


@pytest.mark.parametrize("item", every_kind(), ids=lambda item: item.id)
async def test_an_item_comes_back_whole(store: AnyStore, item: ThreadItem) -> None:
    await store.add_thread_item("thr_1", item, ME)
    assert await store.load_item("thr_1", item.id, ME) == item
    page = await store.load_thread_items("thr_1", None, 10, "asc", ME)
    assert page.data == [item]


async def test_what_goes_in_and_out_are_copies(store: AnyStore) -> None:
    given = message("a", "Before")
    await store.add_thread_item("thr_1", given, ME)
    given.content[0].text = "After"
    loaded = await store.load_item("thr_1", "a", ME)
    loaded.__dict__["content"].clear()
    assert await store.load_item("thr_1", "a", ME) == message("a", "Before")


async def test_items_come_in_the_order_of_their_adding(store: AnyStore) -> None:
    await _add(store, "b", "c", "a")
    assert await _ids(store) == ["b", "c", "a"]
    assert await _ids(store, order="desc") == ["a", "c", "b"]


async def test_several_can_be_added_at_once(store: AnyStore) -> None:
    await _add(store, "a")
    await store.add_thread_items("thr_1", every_kind(), ME)
    assert await _ids(store) == ["a", *(item.id for item in every_kind())]
    await store.add_thread_items("thr_1", [], ME)


async def test_an_item_that_is_there_keeps_its_place(store: AnyStore) -> None:
    await _add(store, "a", "b", "c")
    await store.add_thread_item("thr_1", message("a", "Added again"), ME)
    await store.save_item("thr_1", hidden("b"), ME)
    assert await _ids(store) == ["a", "b", "c"]
    assert await store.load_item("thr_1", "a", ME) == message("a", "Added again")
    assert await store.load_item("thr_1", "b", ME) == hidden("b")


async def test_saving_an_unknown_item_adds_it(store: AnyStore) -> None:
    await _add(store, "a")
    await store.save_item("thr_1", message("b"), ME)
    assert await _ids(store) == ["a", "b"]


async def test_two_threads_may_have_items_of_the_same_id(store: AnyStore) -> None:
    await store.save_thread(thread("thr_2"), ME)
    await store.add_thread_item("thr_1", message("a", "One"), ME)
    await store.add_thread_item("thr_2", message("a", "Two", "thr_2"), ME)
    await store.delete_thread_item("thr_2", "a", ME)
    assert await store.load_item("thr_1", "a", ME) == message("a", "One")


async def test_a_missing_item_is_not_found(store: AnyStore) -> None:
    with pytest.raises(NotFoundError, match="msg_0"):
        await store.load_item("thr_1", "msg_0", ME)


async def test_deleting_a_missing_item_is_quiet(store: AnyStore) -> None:
    await _add(store, "a")
    await store.delete_thread_item("thr_1", "b", ME)
    await store.delete_thread_item("thr_1", "a", ME)
    assert await _ids(store) == []


async def test_an_item_after_a_deleted_one_goes_to_the_end(store: AnyStore) -> None:
    await _add(store, "a", "b", "c")
    await store.delete_thread_item("thr_1", "c", ME)
    await store.delete_thread_item("thr_1", "a", ME)
    await _add(store, "d", "a")
    assert await _ids(store) == ["b", "d", "a"]


async def test_all_behind_an_item_can_be_deleted(store: AnyStore) -> None:
    await _add(store, "a", "b", "c", "d")
    await store.delete_items_after("thr_1", "b", ME)
    assert await _ids(store) == ["a", "b"]
    await store.delete_items_after("thr_1", "b", ME)
    with pytest.raises(NotFoundError, match="'c'"):
        await store.delete_items_after("thr_1", "c", ME)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
@pytest.mark.parametrize("order", ["asc", "desc"])
async def test_pages_lose_no_item(store: AnyStore, limit: int, order: str) -> None:
    ids = [f"msg_{number}" for number in (3, 1, 2, 5, 4, 7, 6)]
    await _add(store, *ids)
    found: list[str] = []
    after = None
    while True:
        page = await store.load_thread_items("thr_1", after, limit, order, ME)
        found += [item.id for item in page.data]
        assert page.has_more == (page.after is not None)
        after = page.after
        if after is None:
            break
        assert after == found[-1]
    assert found == (ids if order == "asc" else ids[::-1])


async def test_a_cursor_that_is_not_there_is_not_found(store: AnyStore) -> None:
    await _add(store, "a")
    with pytest.raises(NotFoundError, match="msg_0"):
        await store.load_thread_items("thr_1", "msg_0", 10, "desc", ME)


@pytest.mark.parametrize("name", CALLS)
async def test_nothing_can_be_done_in_a_thread_that_is_not_there(
    store: AnyStore, name: str
) -> None:
    with pytest.raises(NotFoundError, match="thr_0"):
        await CALLS[name](store, "thr_0", ME)


async def test_client_tool_calls_are_found_however_far_back(store: AnyStore) -> None:
    waiting, answered = client_call("w"), client_call("a", status="completed", output="x")
    await store.add_thread_items("thr_1", [waiting, answered], ME)
    await store.add_thread_items("thr_1", [message(f"{n}") for n in range(250)], ME)
    assert await store.load_client_tool_calls("thr_1", ME) == [waiting, answered]


async def test_feedback_is_the_latest_of_each_item(store: AnyStore) -> None:
    await _add(store, "a", "b", "c")
    await store.save_feedback("thr_1", ["a", "b"], "positive", ME)
    await store.save_feedback("thr_1", ["b"], "negative", ME)
    assert await store.load_feedback("thr_1", ME) == {"a": "positive", "b": "negative"}
    await store.delete_thread_item("thr_1", "a", ME)
    assert await store.load_feedback("thr_1", ME) == {"b": "negative"}


async def test_feedback_on_what_is_not_there_is_not_found_and_keeps_nothing(
    store: AnyStore,
) -> None:
    await _add(store, "a")
    with pytest.raises(NotFoundError, match="msg_0"):
        await store.save_feedback("thr_1", ["a", "msg_0"], "positive", ME)
    assert await store.load_feedback("thr_1", ME) == {}
    with pytest.raises(NotFoundError, match="thr_0"):
        await store.save_feedback("thr_0", ["a"], "positive", ME)


async def _add(store: AnyStore, *ids: str) -> None:
    for each in ids:
        await store.add_thread_item("thr_1", message(each), ME)


async def _ids(store: AnyStore, order: str = "asc") -> list[str]:
    page = await store.load_thread_items("thr_1", None, 100, order, ME)
    return [item.id for item in page.data]
