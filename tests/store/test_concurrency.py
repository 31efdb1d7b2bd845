"""Many at once: tasks, stores, processes."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from chatkit_host.store.open import open_sql_store
from tests.store.conftest import AnyStore
from tests.store.samples import ME, message, thread


async def test_fifty_tasks_add_to_one_thread(store: AnyStore) -> None:
    await store.save_thread(thread(), ME)

    async def add(writer: int) -> None:
        for number in range(5):
            await store.add_thread_item("thr_1", message(f"{writer}-{number}"), ME)

    await asyncio.gather(*map(add, range(50)))
    ids = await _ids(store)
    assert sorted(ids) == sorted(f"{w}-{n}" for w in range(50) for n in range(5))
    for writer in range(50):
        mine = [each for each in ids if each.startswith(f"{writer}-")]
        assert mine == [f"{writer}-{number}" for number in range(5)]


async def test_fifty_tasks_save_one_item(store: AnyStore) -> None:
    await store.save_thread(thread(), ME)
    texts = [f"{number}" for number in range(50)]
    saves = [store.save_item("thr_1", message("a", text), ME) for text in texts]
    await asyncio.gather(*saves)
    assert await _ids(store) == ["a"]
    assert await store.load_item("thr_1", "a", ME) in [message("a", text) for text in texts]


async def test_fifty_owners_want_one_id(store: AnyStore) -> None:
    owners = [{"owner": f"{number}"} for number in range(50)]
    saves = [store.save_thread(thread(title=who["owner"]), who) for who in owners]
    outcomes = await asyncio.gather(*saves, return_exceptions=True)
    assert outcomes.count(None) == 1
    winner = owners[outcomes.index(None)]
    assert await store.load_thread("thr_1", winner) == thread(title=winner["owner"])


async def test_a_thread_deleted_while_items_come_leaves_none(store: AnyStore) -> None:
    await store.save_thread(thread(), ME)
    adds = [store.add_thread_item("thr_1", message(f"{number}"), ME) for number in range(30)]
    await asyncio.gather(*adds, store.delete_thread("thr_1", ME), return_exceptions=True)
    await store.save_thread(thread(), ME)
    assert await _ids(store) == []


async def test_two_stores_share_one_database(sql_url: str, tmp_path: Path) -> None:
    async with (
        open_sql_store(sql_url, base_dir=tmp_path) as one,
        open_sql_store(sql_url, base_dir=tmp_path) as two,
    ):
        await one.save_thread(thread(), ME)
        stores = (one, two)
        adds = [stores[n % 2].add_thread_item("thr_1", message(f"{n}"), ME) for n in range(60)]
        await asyncio.gather(*adds)
        assert await _ids(one) == await _ids(two)
        assert len(await _ids(one)) == 60


async def test_two_processes_share_one_database(sql_url: str, tmp_path: Path) -> None:
    async with open_sql_store(sql_url, base_dir=tmp_path) as store:
        await store.save_thread(thread(), ME)
        other = await _start_writer(sql_url, "100")
        for number in range(100):
            await store.add_thread_item("thr_1", message(f"ours-{number}"), ME)
        told = (await other.communicate())[0].decode().split()
        assert other.returncode == 0
        ids = await _ids(store)
    assert len(told) == 100
    assert sorted(ids) == sorted(told + [f"ours-{number}" for number in range(100)])


async def test_what_was_acknowledged_survives_a_kill(sql_url: str, tmp_path: Path) -> None:
    async with open_sql_store(sql_url, base_dir=tmp_path) as store:
        await store.save_thread(thread(), ME)
    writer = await _start_writer(sql_url, "1000000")
    assert writer.stdout is not None
    told = [(await writer.stdout.readline()).decode().strip() for _ in range(50)]
    writer.send_signal(signal.SIGKILL)
    told += (await writer.communicate())[0].decode().split("\n")[:-1]
    async with open_sql_store(sql_url, base_dir=tmp_path) as store:
        ids = await _ids(store)
    assert ids[: len(told)] == told
    assert len(ids) <= len(told) + 1


async def _start_writer(url: str, count: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.store.writer", url, count, stdout=asyncio.subprocess.PIPE
    )


async def _ids(store: AnyStore) -> list[str]:
    page = await store.load_thread_items("thr_1", None, 1_000_000, "asc", ME)
    return [item.id for item in page.data]
