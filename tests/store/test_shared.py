"""Shared values: each owner's own or everybody's, and written by one at a time."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from chatkit_host.errors import UnavailableError
from chatkit_host.store import leases
from chatkit_host.store.open import open_sql_store
from chatkit_host.store.shared import Holds, Place, SharedStore
from tests.store.conftest import AnyStore
from tests.store.samples import ME, OTHER

ODD = {"text": "Grüße \x00 \ud800", "list": [1, None, {"a": 0.5}]}


async def count_up(store: SharedStore[dict[str, str]], context: dict[str, str] = ME) -> None:
    """One more, as a list of steps would do it."""
    async with Holds(store).holding("all", "", context) as hold:
        n = (await store.load_shared(context))["all"].get("n", 0)
        assert await store.save_shared("all", {"n": n + 1}, hold, context)


async def save(store: AnyStore, place: Place, values: dict[str, object], who: object = ME) -> None:
    assert await store.take_hold(place, "h", 5, who)
    assert await store.save_shared(place, values, "h", who)
    await store.drop_hold(place, "h", who)


async def test_nothing_is_there_before_something_was_saved(store: AnyStore) -> None:
    assert await store.load_shared(ME) == {"all": {}, "user": {}}


async def test_what_was_saved_comes_back_and_is_a_copy(store: AnyStore) -> None:
    await save(store, "all", {"a": ODD, "b": 1})
    await save(store, "all", {"b": 2})
    found = await store.load_shared(ME)
    assert found == {"all": {"a": ODD, "b": 2}, "user": {}}
    found["all"]["a"]["list"].append(1)
    assert (await store.load_shared(ME))["all"]["a"] == ODD


async def test_what_is_for_all_is_everybodys_and_the_rest_its_owners(store: AnyStore) -> None:
    await save(store, "all", {"n": 0})
    await save(store, "user", {"n": 1})
    await save(store, "user", {"n": 2}, OTHER)
    assert await store.load_shared(ME) == {"all": {"n": 0}, "user": {"n": 1}}
    assert await store.load_shared(OTHER) == {"all": {"n": 0}, "user": {"n": 2}}


async def test_one_holds_a_place_and_others_do_not(store: AnyStore) -> None:
    assert await store.take_hold("all", "one", 60, ME)
    assert await store.take_hold("all", "one", 60, ME)
    assert not await store.take_hold("all", "two", 60, OTHER)
    assert await store.take_hold("user", "two", 60, ME)
    assert await store.take_hold("user", "three", 60, OTHER)
    await store.drop_hold("all", "two", ME)
    assert not await store.take_hold("all", "two", 60, ME)
    await store.drop_hold("all", "one", ME)
    assert await store.take_hold("all", "two", 60, ME)


async def test_who_does_not_hold_a_place_cannot_write_it(store: AnyStore) -> None:
    assert not await store.save_shared("all", {"n": 1}, "nobody", ME)
    assert await store.take_hold("all", "one", 60, ME)
    assert not await store.save_shared("all", {"n": 1}, "two", ME)
    assert not await store.save_shared("user", {"n": 1}, "one", ME)
    assert await store.load_shared(ME) == {"all": {}, "user": {}}


async def test_a_hold_that_has_run_out_can_be_taken_and_writes_no_more(store: AnyStore) -> None:
    assert await store.take_hold("all", "dead", -1, ME)
    assert await store.take_hold("all", "alive", 60, ME)
    assert not await store.save_shared("all", {"n": 1}, "dead", ME)
    assert not await store.keep_hold("all", "dead", 60, ME)
    assert await store.save_shared("all", {"n": 2}, "alive", ME)


async def test_a_hold_that_was_lost_is_not_taken_back_by_renewing_it(store: AnyStore) -> None:
    assert await store.take_hold("all", "dead", -1, ME)
    assert await store.take_hold("all", "alive", 60, ME)
    await store.drop_hold("all", "alive", ME)
    assert not await store.keep_hold("all", "dead", 60, ME)
    assert not await store.save_shared("all", {"n": 1}, "dead", ME)


async def test_a_hold_is_kept_for_as_long_as_it_is_needed(
    store: AnyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "HOLD_SECONDS", 0.3)
    renewed = asyncio.Event()
    keep = store.keep_hold

    async def keep_hold(*args: object) -> bool:
        kept = await keep(*args)  # type: ignore[arg-type]
        renewed.set()
        return kept

    monkeypatch.setattr(store, "keep_hold", keep_hold)
    async with Holds(store).holding("all", "", ME) as hold:
        for _ in range(4):
            renewed.clear()
            await renewed.wait()
        assert await store.save_shared("all", {"n": 1}, hold, ME)


async def test_a_hold_is_given_back_whatever_happens(store: AnyStore) -> None:
    holds = Holds(store)
    with pytest.raises(ZeroDivisionError):
        async with holds.holding("all", "", ME):
            raise ZeroDivisionError
    holding = asyncio.Event()

    async def hang() -> None:
        async with holds.holding("all", "", ME):
            holding.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await holding.wait()
    waiting = asyncio.create_task(hang())
    await asyncio.sleep(0)
    waiting.cancel()
    task.cancel()
    await asyncio.wait([task, waiting])
    assert await store.take_hold("all", "next", 60, ME)


async def test_who_waits_too_long_is_told_to_come_again(
    store: AnyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "PATIENCE", 0.05)
    assert await store.take_hold("all", "other", 60, ME)
    with pytest.raises(UnavailableError, match="try again"):
        await count_up(store)


async def test_no_update_is_lost_among_many_tasks(store: AnyStore) -> None:
    holds = Holds(store)

    async def count() -> None:
        async with holds.holding("all", "", ME) as hold:
            n = (await store.load_shared(ME))["all"].get("n", 0)
            await asyncio.sleep(0)
            assert await store.save_shared("all", {"n": n + 1}, hold, ME)

    await asyncio.gather(*(count() for _ in range(40)))
    assert (await store.load_shared(ME))["all"] == {"n": 40}


async def test_no_update_is_lost_among_processes(sql_url: str, tmp_path: Path) -> None:
    """Two others, and this one, count at once."""
    command = (sys.executable, "-m", "tests.store.counter", sql_url, "25")
    others = [
        await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        for _ in range(2)
    ]
    async with open_sql_store(sql_url, base_dir=tmp_path) as store:
        for other in others:
            assert other.stdout is not None
            assert await other.stdout.readline() == b"ready\n"
        for _ in range(25):
            await count_up(store)
        assert [await other.wait() for other in others] == [0, 0]
        assert (await store.load_shared(ME))["all"] == {"n": 75}


async def test_what_a_killed_process_held_is_free_again(sql_url: str, tmp_path: Path) -> None:
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.store.counter", sql_url, "hang", stdout=asyncio.subprocess.PIPE
    )
    assert other.stdout is not None
    assert await other.stdout.readline() == b"holding\n"
    other.kill()
    await other.wait()
    async with open_sql_store(sql_url, base_dir=tmp_path) as store:
        await count_up(store)  # its hold was short: nobody renews it
        assert (await store.load_shared(ME))["all"] == {"n": 1}
