"""What the database's own failures look like from outside."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from chatkit_host.errors import UnavailableError
from chatkit_host.store import SqlStore
from chatkit_host.store.open import open_sql_store
from tests.store.locks import no_writes
from tests.store.samples import ME, message, thread


async def test_a_store_that_answers_is_ready(sql_store: SqlStore) -> None:
    await sql_store.ready()


async def test_a_server_that_is_away_is_unavailable_and_no_more_is_told() -> None:
    store = SqlStore("postgresql+psycopg://me@127.0.0.1:1/chat")
    for call in (store.ready(), store.load_thread("thr_1", ME)):
        with pytest.raises(UnavailableError, match="try again later") as caught:
            await call
        assert "127.0.0.1" not in caught.value.message
    await store.close()


async def test_a_connection_that_died_is_made_again(postgres_url: str, tmp_path: Path) -> None:
    name = uuid4().hex
    url = f"{postgres_url}&application_name={name}"
    async with open_sql_store(url, base_dir=tmp_path, pool_size=1) as store:
        await store.save_thread(thread(), ME)
        for number in range(3):
            _end_connections(postgres_url, name)
            await store.add_thread_item("thr_1", message(f"{number}"), ME)
        _end_connections(postgres_url, name)
        await store.add_thread_items("thr_1", [message("3")], ME)
        page = await store.load_thread_items("thr_1", None, 9, "asc", ME)
    assert [item.id for item in page.data] == ["0", "1", "2", "3"]


async def test_a_lock_that_never_opens_is_unavailable(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatkit_host.store.sql.engine._BUSY_SECONDS", 0)
    async with open_sql_store(sqlite_url, base_dir=tmp_path) as store:
        with no_writes(sqlite_url), pytest.raises(UnavailableError):
            await store.save_thread(thread(), ME)
        await store.save_thread(thread(), ME)
        assert await store.load_thread("thr_1", ME) == thread()


def _end_connections(url: str, name: str) -> None:
    query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
    with psycopg.connect(url, autocommit=True) as connection:
        assert len(connection.execute(query, [name]).fetchall()) == 1
