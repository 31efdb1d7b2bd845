"""What belongs to another is not there, whichever way one asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from chatkit_host.context import RequestContext
from chatkit_host.store import MemoryStore, NotFoundError, owner_of
from chatkit_host.types import Page
from tests.store.calls import CALLS
from tests.store.conftest import AnyStore
from tests.store.samples import ME, OTHER, file, message, thread


@pytest.fixture
async def mine(store: AnyStore) -> AnyStore:
    """A store with a thread, items, an attachment and feedback of mine."""
    await store.save_thread(thread(title="Mine"), ME)
    await store.add_thread_items("thr_1", [message("a"), message("b")], ME)
    await store.save_attachment(file(), ME)
    await store.save_feedback("thr_1", ["a"], "positive", ME)
    return store


async def _assert_untouched(store: AnyStore) -> None:
    assert await store.load_thread("thr_1", ME) == thread(title="Mine")
    page = await store.load_thread_items("thr_1", None, 9, "asc", ME)
    assert page.data == [message("a"), message("b")]
    assert await store.load_attachment("atc_1", ME) == file()
    assert await store.load_feedback("thr_1", ME) == {"a": "positive"}


@pytest.mark.parametrize("name", CALLS)
async def test_another_owners_thread_is_not_there(mine: AnyStore, name: str) -> None:
    with pytest.raises(NotFoundError, match="thr_1"):
        await CALLS[name](mine, "thr_1", OTHER)
    await _assert_untouched(mine)


async def test_another_owners_thread_cannot_be_overwritten(mine: AnyStore) -> None:
    with pytest.raises(NotFoundError):
        await mine.save_thread(thread(title="Theirs"), OTHER)
    await _assert_untouched(mine)


async def test_another_owners_attachment_is_not_there(mine: AnyStore) -> None:
    with pytest.raises(NotFoundError, match="atc_1"):
        await mine.load_attachment("atc_1", OTHER)
    with pytest.raises(NotFoundError, match="atc_1"):
        await mine.delete_attachment("atc_1", OTHER)
    with pytest.raises(NotFoundError, match="atc_1"):
        await mine.save_attachment(file(metadata=None), OTHER)
    await _assert_untouched(mine)


async def test_listings_hold_only_ones_own(mine: AnyStore) -> None:
    assert await mine.load_threads(9, None, "asc", OTHER) == Page()
    assert await mine.threads_json(9, None, "asc", OTHER) == b'{"data":[],"has_more":false}'
    with pytest.raises(NotFoundError):
        await mine.load_threads(9, "thr_1", "asc", OTHER)


async def test_an_item_cannot_be_reached_through_ones_own_thread(mine: AnyStore) -> None:
    await mine.save_thread(thread("thr_2"), OTHER)
    with pytest.raises(NotFoundError):
        await mine.load_item("thr_2", "a", OTHER)
    with pytest.raises(NotFoundError):
        await mine.load_thread_items("thr_2", "a", 9, "asc", OTHER)
    await mine.delete_thread_item("thr_2", "a", OTHER)
    await mine.add_thread_item("thr_2", message("a", "Theirs"), OTHER)
    await _assert_untouched(mine)


@pytest.mark.parametrize("id", ["", "\x00", "a\x00b", "\ud800", "' OR 1=1 --", "%", "x" * 5000])
async def test_strange_ids_are_only_not_found(mine: AnyStore, id: str) -> None:
    for call in CALLS.values():
        with pytest.raises(NotFoundError):
            await call(mine, id, ME)
    with pytest.raises(NotFoundError):
        await mine.load_item("thr_1", id, ME)
    with pytest.raises(NotFoundError):
        await mine.load_attachment(id, ME)
    await _assert_untouched(mine)


async def test_the_owner_can_be_told_in_another_way() -> None:
    store = MemoryStore(owner_of=lambda context: str(context["tenant"]))
    await store.save_thread(thread(), {"tenant": 1, "owner": "x"})
    with pytest.raises(NotFoundError):
        await store.load_thread("thr_1", {"tenant": 2, "owner": "x"})


@dataclass
class _WithUser:
    user_id: str


@pytest.mark.parametrize(
    "context",
    [
        {"owner": "me"},
        {"user_id": "me"},
        {"userId": "me", "owner": ""},
        _WithUser("me"),
        RequestContext(owner="me", user={"id": "me"}, request={}),
    ],
)
def test_a_context_names_its_owner(context: Any) -> None:
    assert owner_of(context) == "me"


@pytest.mark.parametrize(
    "context", [None, {}, {"owner": ""}, {"owner": 7}, object(), _WithUser("")]
)
def test_a_context_without_an_owner_says_what_to_do(context: Any) -> None:
    with pytest.raises(TypeError, match="owner_of="):
        owner_of(context)
