"""A thread in two processes: each writes what it has changed, and sees what the other has."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chatkit_host.errors import ConflictError, NotFoundError, UnavailableError
from chatkit_host.server.live_thread import LiveThread, LiveThreads
from chatkit_host.store import MemoryStore
from chatkit_host.store.records import ThreadRecord
from chatkit_host.types import ThreadMetadata
from tests.store.samples import ME, OTHER, thread


class Store(MemoryStore):
    """Fails when it is told to; counts what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.fails = False
        self.written = 0

    async def change_thread(
        self, old: ThreadRecord, new: ThreadRecord, context: Any, **more: Any
    ) -> ThreadRecord | None:
        if self.fails:
            raise UnavailableError("The store cannot be reached now; try again later.")
        self.written += 1
        return await super().change_thread(old, new, context, **more)


@pytest.fixture
async def store() -> Store:
    """A store with a thread."""
    store = Store()
    await store.save_thread(thread(title="T", metadata={"state": {"a": 1, "b": {"c": 1}}}), ME)
    return store


async def live(store: MemoryStore) -> LiveThread[Any]:
    """The thread, in a process of its own."""
    loaded = await store.load_thread("thr_1", ME)
    return LiveThreads(store).make(loaded, ME)


def state(of: LiveThread[Any]) -> dict[str, Any]:
    found: dict[str, Any] = of.thread.metadata["state"]
    return found


async def test_two_that_change_different_things_keep_both(store: Store) -> None:
    one, two = await live(store), await live(store)
    one.thread.title, state(one)["b"]["c"] = "One", 2
    state(two)["b"]["d"], state(two)["a"] = [1], 5
    await one.save()
    await two.save()
    stored = await store.load_thread("thr_1", ME)
    assert stored.title == "One"
    assert stored.metadata == {"state": {"a": 5, "b": {"c": 2, "d": [1]}}}
    assert two.thread == stored


async def test_what_one_takes_away_is_gone_for_the_other(store: Store) -> None:
    one, two = await live(store), await live(store)
    del state(one)["a"]
    two.thread.title = "Two"
    await one.save()
    await two.save()
    assert (await store.load_thread("thr_1", ME)).metadata == {"state": {"b": {"c": 1}}}


async def test_who_takes_it_sees_what_others_have_written_in_the_same_maps(store: Store) -> None:
    one, two = await live(store), await live(store)
    part = state(two)["b"]
    await one.take()
    state(one)["b"]["c"] += 1
    taking = asyncio.create_task(two.take())
    await one.give_back()
    await taking
    assert part == {"c": 2}
    part["c"] += 1
    await two.give_back()
    assert (await store.load_thread("thr_1", ME)).metadata["state"]["b"] == {"c": 3}


async def test_what_has_not_changed_is_not_written(store: Store) -> None:
    one = await live(store)
    await one.take()
    await one.give_back()
    await one.save()
    assert store.written == 0


async def test_defaults_count_less_than_what_another_has_said(store: Store) -> None:
    one, two = await live(store), await live(store)
    for each in (one, two):
        state(each).update(new=0, map={"x": 1})
        each.assume({"state": {"new": 0, "map": {"x": 1}}})
    state(one)["new"] = 7
    state(one)["map"]["x"] = 8
    await one.save()
    two.thread.title = "Two"
    await two.save()
    assert (await store.load_thread("thr_1", ME)).metadata["state"]["new"] == 7
    assert state(two) == {"a": 1, "b": {"c": 1}, "new": 7, "map": {"x": 8}}


async def test_what_cannot_be_stored_is_undone(store: Store) -> None:
    one = await live(store)
    part = state(one)["b"]
    await one.take()
    state(one)["a"], part["c"] = 2, 2
    store.fails = True
    with pytest.raises(UnavailableError):
        await one.give_back()
    assert state(one) == {"a": 1, "b": {"c": 1}}
    assert part == {"c": 1}
    store.fails = False
    await (await live(store)).take()  # it was given back


async def test_who_has_lost_it_writes_nothing_and_goes_on_with_what_is_there(store: Store) -> None:
    one = await live(store)
    await one.take()
    store._held.forget("thr_1")
    two = await live(store)
    await two.take()
    state(one)["a"] = 2
    with pytest.raises(ConflictError):
        await one.give_back()
    assert state(one)["a"] == 1
    state(two)["a"] = 3
    await two.give_back()
    assert (await store.load_thread("thr_1", ME)).metadata["state"]["a"] == 3


async def test_a_thread_that_was_deleted_elsewhere_does_not_come_back(store: Store) -> None:
    one = await live(store)
    await store.delete_thread("thr_1", ME)
    one.thread.title = "Still there?"
    with pytest.raises(NotFoundError):
        await one.save()
    with pytest.raises(NotFoundError):
        await store.load_thread("thr_1", ME)


async def test_looking_again_is_for_the_owner_alone(store: Store) -> None:
    one, two = await live(store), await live(store)
    two.thread.title = "Two"
    await two.save()
    with pytest.raises(NotFoundError):
        await one.refresh(OTHER)
    assert one.thread.title == "T"
    await one.refresh(ME)
    assert one.thread.title == "Two"


async def test_a_store_that_saves_in_its_own_way_is_asked_to() -> None:
    saved: list[str | None] = []

    class Own(MemoryStore):
        async def save_thread(self, thread: ThreadMetadata, context: Any) -> None:
            saved.append(thread.title)
            await super().save_thread(thread, context)

    store = Own()
    await store.save_thread(thread(title="T"), ME)
    one = await live(store)
    await one.take()
    one.thread.title = "New"
    await one.give_back()
    await one.save()
    assert saved == ["T", "New"]
