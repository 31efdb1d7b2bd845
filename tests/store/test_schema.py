"""Tables: made, brought up to date, checked."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlmodel import SQLModel

from chatkit_host.errors import ConfigError
from chatkit_host.store.open import open_sql_store, resolve
from chatkit_host.store.sql.engine import make_engine
from chatkit_host.store.sql.migrations.run import make_config
from chatkit_host.store.sql.schema import HEAD, VERSION_TABLE, current
from chatkit_host.store.sql.tables import metadata
from tests.store.postgres import empty_schema
from tests.store.samples import ME, thread


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/chatkit.db"
        return
    with empty_schema() as url:
        yield url


@pytest.fixture
def connection(sql_url: str, tmp_path: Path) -> Iterator[Connection]:
    """A connection to a migrated database."""
    engine = make_engine(resolve(sql_url, tmp_path))
    with engine.connect() as connection:
        yield connection


def test_migrations_make_the_tables_that_the_store_uses(connection: Connection) -> None:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_that_is_looked_for() -> None:
    assert ScriptDirectory.from_config(make_config()).get_current_head() == HEAD


def test_your_own_sqlmodel_metadata_stays_yours() -> None:
    assert not [name for name in SQLModel.metadata.tables if name.startswith("chatkit_")]


async def test_sqlite_is_brought_up_to_date_at_the_start(tmp_path: Path) -> None:
    async with open_sql_store("sqlite:///a.db", base_dir=tmp_path) as store:
        assert store.migrated == (None, HEAD)
        await store.save_thread(thread(), ME)
    async with open_sql_store("sqlite:///a.db", base_dir=tmp_path) as store:
        assert store.migrated == (HEAD, HEAD)
        assert await store.load_thread("thr_1", ME) == thread()


async def test_postgresql_says_what_to_run(tmp_path: Path) -> None:
    with empty_schema() as url:
        store = open_sql_store(url, base_dir=tmp_path)
        with pytest.raises(ConfigError, match="has no tables yet: run `chatkit-host migrate`"):
            await store.start()
        # Who has run it meanwhile need not start anew.
        async with open_sql_store(url, base_dir=tmp_path, migrate="always"):
            await store.start()
        await store.close()


async def test_never_means_never(fresh_url: str, tmp_path: Path) -> None:
    store = open_sql_store(fresh_url, base_dir=tmp_path, migrate="never")
    with pytest.raises(ConfigError, match="chatkit-host migrate"):
        await store.start()
    await store.close()


async def test_a_database_of_a_newer_version_is_left_alone(fresh_url: str, tmp_path: Path) -> None:
    async with open_sql_store(fresh_url, base_dir=tmp_path, migrate="always"):
        pass
    with make_engine(resolve(fresh_url, tmp_path)).connect() as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    store = open_sql_store(fresh_url, base_dir=tmp_path, migrate="always")
    with pytest.raises(ConfigError, match="newer chatkit-host"):
        await store.start()
    await store.close()


async def test_stores_that_start_at_once_do_not_race(fresh_url: str, tmp_path: Path) -> None:
    stores = [open_sql_store(fresh_url, base_dir=tmp_path, migrate="always") for _ in range(6)]
    await asyncio.gather(*(store.start() for store in stores))
    await stores[0].save_thread(thread(), ME)
    for store in stores:
        assert await store.load_thread("thr_1", ME) == thread()
        await store.close()


async def test_processes_that_start_at_once_do_not_race(fresh_url: str, tmp_path: Path) -> None:
    code = (
        "import asyncio, pathlib, sys; from chatkit_host.store.open import open_sql_store as o\n"
        "async def main():\n"
        "    async with o(sys.argv[1], base_dir=pathlib.Path(), migrate='always'): pass\n"
        "asyncio.run(main())"
    )
    starting = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", code, fresh_url)
        for _ in range(4)
    ]
    assert [await process.wait() for process in starting] == [0, 0, 0, 0]
    with make_engine(resolve(fresh_url, tmp_path)).connect() as connection:
        assert current(connection) == HEAD


async def test_a_migration_that_fails_leaves_nothing_behind(
    fresh_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alembic.op.create_index", _fail)
    store = open_sql_store(fresh_url, base_dir=tmp_path, migrate="always")
    with pytest.raises(ZeroDivisionError):
        await store.start()
    monkeypatch.undo()
    await store.start()
    await store.save_thread(thread(), ME)
    await store.close()


def _fail(*_: object) -> None:
    raise ZeroDivisionError


def test_a_start_that_finds_all_up_to_date_loads_no_alembic(sqlite_url: str) -> None:
    code = (
        "import asyncio, pathlib, sys; from chatkit_host.store import open_store\n"
        "asyncio.run(open_store(sys.argv[1], base_dir=pathlib.Path()).start())\n"
        "assert 'sqlalchemy' in sys.modules and 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, sqlite_url], check=True)
