"""Listings as JSON: byte for byte what the models would give, less what no client may see."""

from __future__ import annotations

import pytest

from chatkit_host.store import NotFoundError
from chatkit_host.types import Page, Thread, ThreadItem, codec, is_hidden
from tests.store.conftest import AnyStore
from tests.store.samples import ME, every_kind, hidden, message, thread

SHOWN = thread(title="Grüße")
STORED = thread(title="Grüße", metadata={"secret": "s3cret"})


def _visible() -> list[ThreadItem]:
    return [item for item in every_kind() if not is_hidden(item)]


@pytest.fixture(autouse=True)
async def with_items(store: AnyStore) -> None:
    """A thread with items of every kind."""
    await store.save_thread(STORED, ME)
    await store.add_thread_items("thr_1", every_kind(), ME)


async def test_a_page_of_items_is_that_of_the_models(store: AnyStore) -> None:
    found = await store.items_json("thr_1", None, 100, "asc", ME)
    assert found == codec.encode(Page[ThreadItem](data=_visible()))


@pytest.mark.parametrize("order", ["asc", "desc"])
async def test_pages_are_full_though_some_items_are_hidden(store: AnyStore, order: str) -> None:
    left = _visible() if order == "asc" else _visible()[::-1]
    after = None
    while left:
        found = await store.items_json("thr_1", after, 2, order, ME)
        data, left = left[:2], left[2:]
        after = data[-1].id if left else None
        page = Page[ThreadItem](data=data, has_more=bool(left), after=after)
        assert found == codec.encode(page)


async def test_a_thread_has_its_first_page(store: AnyStore) -> None:
    page = Page[ThreadItem](data=_visible()[:3], has_more=True, after=_visible()[2].id)
    assert await store.thread_json("thr_1", 3, ME) == codec.encode(
        Thread(**SHOWN.model_dump(), items=page)
    )


async def test_a_page_of_threads_is_that_of_the_models(store: AnyStore) -> None:
    await store.save_thread(thread("thr_2"), ME)
    shown = [Thread(**each.model_dump(), items=Page()) for each in (SHOWN, thread("thr_2"))]
    assert await store.threads_json(9, None, "asc", ME) == codec.encode(Page[Thread](data=shown))
    first = Page[Thread](data=shown[1:], has_more=True, after="thr_2")
    assert await store.threads_json(1, None, "desc", ME) == codec.encode(first)


async def test_nothing_private_is_in_any_of_them(store: AnyStore) -> None:
    everything = (
        await store.items_json("thr_1", None, 100, "asc", ME)
        + await store.thread_json("thr_1", 100, ME)
        + await store.threads_json(100, None, "asc", ME)
    )
    for private in (b"s3cret", b"/secret", b"psst", b"tool_call"):
        assert private not in everything.replace(b"client_tool_call", b"")


async def test_a_hidden_item_can_be_the_cursor(store: AnyStore) -> None:
    await store.save_thread(thread("thr_2"), ME)
    await store.add_thread_items("thr_2", [message("a"), hidden("b"), message("c")], ME)
    found = await store.items_json("thr_2", "b", 9, "asc", ME)
    assert found == codec.encode(Page[ThreadItem](data=[message("c")]))


async def test_what_is_not_there_is_not_found(store: AnyStore) -> None:
    with pytest.raises(NotFoundError, match="msg_0"):
        await store.items_json("thr_1", "msg_0", 9, "asc", ME)
    with pytest.raises(NotFoundError, match="thr_0"):
        await store.threads_json(9, "thr_0", "asc", ME)
