"""Threads that several processes change: held by one, and written over what they were."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chatkit_host.errors import ConflictError, NotFoundError
from chatkit_host.store.records import ThreadRecord, pack_thread
from tests.store.conftest import AnyStore
from tests.store.samples import ME, OTHER, thread

OLD = pack_thread(thread(title="Old", metadata={"state": {"n": 1}}))
NEW = pack_thread(thread(title="New", metadata={"state": {"n": 2}}))


@pytest.fixture
async def held(store: AnyStore) -> AnyStore:
    """A store with one thread."""
    await store.save_thread(thread(title="Old", metadata={"state": {"n": 1}}), ME)
    return store


async def stored(store: AnyStore) -> ThreadRecord:
    return pack_thread(await store.load_thread("thr_1", ME))


async def test_who_takes_a_thread_sees_it_as_it_is_and_others_wait(held: AnyStore) -> None:
    assert await held.take_thread("thr_1", "one", 60, ME) == (OLD, False)
    assert await held.take_thread("thr_1", "two", 60, ME) is None
    assert await held.take_thread("thr_1", "one", 60, ME) == (OLD, True)
    await held.free_thread("thr_1", "two", ME)
    assert await held.take_thread("thr_1", "two", 60, ME) is None
    await held.free_thread("thr_1", "one", ME)
    assert await held.take_thread("thr_1", "two", 60, ME) is not None


async def test_a_thread_is_written_only_over_what_it_was(held: AnyStore) -> None:
    assert await held.change_thread(OLD, NEW, ME) is None
    assert await stored(held) == NEW
    assert await held.change_thread(OLD, replace(NEW, private="{}"), ME) == NEW
    assert await stored(held) == NEW


async def test_who_holds_it_can_give_it_back_with_what_he_writes(held: AnyStore) -> None:
    await held.take_thread("thr_1", "one", 60, ME)
    assert await held.change_thread(OLD, NEW, ME, hold="one", free=True) is None
    assert await held.take_thread("thr_1", "two", 60, ME) is not None


async def test_what_was_written_and_given_back_may_be_so_once_more(held: AnyStore) -> None:
    """A connection that died after the commit has the job done again."""
    await held.take_thread("thr_1", "one", 60, ME)
    await held.change_thread(OLD, NEW, ME, hold="one")
    assert await held.change_thread(OLD, NEW, ME, hold="one", free=True) == NEW


async def test_a_hold_that_was_lost_writes_nothing(held: AnyStore) -> None:
    await held.take_thread("thr_1", "dead", -1, ME)
    assert await held.take_thread("thr_1", "alive", 60, ME) is not None
    assert not await held.keep_thread("thr_1", "dead", 60, ME)
    with pytest.raises(ConflictError, match="try again"):
        await held.change_thread(OLD, NEW, ME, hold="dead")
    assert await held.keep_thread("thr_1", "alive", 60, ME)
    assert await stored(held) == OLD


async def test_who_holds_nothing_writes_beside_one_who_does(held: AnyStore) -> None:
    """A title, say; whoever holds the thread then writes over that."""
    await held.take_thread("thr_1", "one", 60, ME)
    assert await held.change_thread(OLD, NEW, ME) is None
    assert await held.change_thread(OLD, OLD, ME, hold="one") == NEW
    assert await held.change_thread(NEW, OLD, ME, hold="one") is None


@pytest.mark.parametrize("name", ["take", "change", "keep", "free"])
async def test_another_owners_thread_cannot_be_held_or_written(held: AnyStore, name: str) -> None:
    calls: dict[str, Any] = {
        "take": lambda: held.take_thread("thr_1", "two", 60, OTHER),
        "change": lambda: held.change_thread(OLD, NEW, OTHER),
        "keep": lambda: held.keep_thread("thr_1", "one", 60, OTHER),
        "free": lambda: held.free_thread("thr_1", "one", OTHER),
    }
    await held.take_thread("thr_1", "one", 60, ME)
    if name in ("take", "change"):
        with pytest.raises(NotFoundError, match="thr_1"):
            await calls[name]()
    else:
        assert not await calls[name]()
    assert await held.take_thread("thr_1", "two", 60, ME) is None
    assert await stored(held) == OLD


async def test_a_thread_that_is_gone_is_not_written_again(held: AnyStore) -> None:
    await held.take_thread("thr_1", "one", 60, ME)
    await held.delete_thread("thr_1", ME)
    with pytest.raises(NotFoundError):
        await held.change_thread(OLD, NEW, ME, hold="one")
    with pytest.raises(NotFoundError):
        await held.take_thread("thr_1", "one", 60, ME)
    with pytest.raises(NotFoundError):
        await held.load_thread("thr_1", ME)
