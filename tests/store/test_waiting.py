"""While the database waits, the event loop does not; and whoever gives up leaves no mess."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from chatkit_host.errors import UnavailableError
from chatkit_host.store import NotFoundError, SqlStore
from chatkit_host.store.open import open_sql_store
from chatkit_host.types import ThreadItem
from tests.store.locks import no_writes
from tests.store.samples import ME, message, thread


@pytest.fixture(autouse=True)
async def with_thread(sql_store: SqlStore) -> None:
    """A thread to put items into."""
    await sql_store.save_thread(thread(), ME)


async def _turn_the_loop() -> None:
    """A thousand turns of the event loop, which would not come if a call held it."""
    for _ in range(1000):
        await asyncio.sleep(0)


async def test_the_loop_turns_while_a_write_waits(sql_store: SqlStore, sql_url: str) -> None:
    with no_writes(sql_url):
        write = asyncio.create_task(sql_store.add_thread_item("thr_1", message("a"), ME))
        await _turn_the_loop()
        assert not write.done()
    await write
    assert await sql_store.load_item("thr_1", "a", ME) == message("a")


async def test_a_cancelled_write_is_done_before_the_cancelling_is(
    sql_store: SqlStore, sql_url: str
) -> None:
    with no_writes(sql_url):
        write = asyncio.create_task(sql_store.add_thread_item("thr_1", message("a"), ME))
        await _turn_the_loop()
        for _ in range(3):
            write.cancel()
            await _turn_the_loop()
        assert not write.done()
    with pytest.raises(asyncio.CancelledError):
        await write
    assert await sql_store.load_item("thr_1", "a", ME) == message("a")


async def test_a_cancelled_write_that_fails_is_only_cancelled(
    sql_store: SqlStore, sql_url: str
) -> None:
    with no_writes(sql_url):
        write = asyncio.create_task(sql_store.add_thread_item("thr_0", message("a"), ME))
        await _turn_the_loop()
        write.cancel()
    with pytest.raises(asyncio.CancelledError):
        await write


async def test_cancelling_many_corrupts_nothing(sql_store: SqlStore) -> None:
    writes = [
        asyncio.create_task(sql_store.add_thread_items("thr_1", _pair(number), ME))
        for number in range(40)
    ]
    await asyncio.sleep(0)
    for write in writes[::2]:
        write.cancel()
    await asyncio.gather(*writes, return_exceptions=True)
    page = await sql_store.load_thread_items("thr_1", None, 100, "asc", ME)
    ids = [item.id for item in page.data]
    assert len(ids) == len(set(ids))
    assert {f"{number}_first" for number in range(1, 40, 2)} <= set(ids)
    assert all(second == first.replace("first", "second") for first, second in _pairs(ids))


async def test_one_that_fails_leaves_those_beside_it_alone(
    sql_store: SqlStore, sql_url: str
) -> None:
    """Writes that wait together are one transaction on SQLite."""
    with no_writes(sql_url):
        good = [
            asyncio.create_task(sql_store.add_thread_item("thr_1", message(f"{number}"), ME))
            for number in range(10)
        ]
        bad = [
            asyncio.create_task(sql_store.add_thread_item("thr_0", message("a"), ME)),
            asyncio.create_task(sql_store.save_feedback("thr_1", ["none"], "positive", ME)),
        ]
        await _turn_the_loop()
    await asyncio.gather(*good)
    for task in bad:
        with pytest.raises(NotFoundError):
            await task
    page = await sql_store.load_thread_items("thr_1", None, 100, "asc", ME)
    assert sorted(item.id for item in page.data) == sorted(map(str, range(10)))


async def test_closing_finishes_what_was_begun(
    sql_store: SqlStore, sql_url: str, tmp_path: Path
) -> None:
    with no_writes(sql_url):
        write = asyncio.create_task(sql_store.add_thread_item("thr_1", message("a"), ME))
        await _turn_the_loop()
        closing = asyncio.create_task(sql_store.close())
        await _turn_the_loop()
        assert not closing.done()
    await closing
    await write
    with pytest.raises(UnavailableError, match="closed"):
        await sql_store.load_thread("thr_1", ME)
    async with open_sql_store(sql_url, base_dir=tmp_path) as again:
        assert await again.load_item("thr_1", "a", ME) == message("a")


def test_another_loop_may_use_the_store(sql_url: str, tmp_path: Path) -> None:
    store = open_sql_store(sql_url, base_dir=tmp_path)
    asyncio.run(store.save_thread(thread("thr_2"), ME))
    assert asyncio.run(store.load_thread("thr_2", ME)) == thread("thr_2")
    asyncio.run(store.close())


def _pair(number: int) -> list[ThreadItem]:
    return [message(f"{number}_first"), message(f"{number}_second")]


def _pairs(ids: list[str]) -> list[tuple[str, str]]:
    return list(zip(ids[::2], ids[1::2], strict=True))
