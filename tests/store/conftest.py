"""Each backend in turn."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from chatkit_host.store import MemoryStore, SqlStore
from chatkit_host.store.open import open_sql_store, resolve
from chatkit_host.store.sql.engine import make_engine
from chatkit_host.store.sql.schema import upgrade
from tests.store.postgres import empty_schema

AnyStore = MemoryStore | SqlStore


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with empty tables, to be copied: running migrations takes a while."""
    folder = tmp_path_factory.mktemp("migrated")
    _migrate("sqlite:///chatkit.db", folder)
    return folder / "chatkit.db"


@pytest.fixture(scope="session")
def migrated_schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL schema with empty tables, for the whole session."""
    with empty_schema() as url:
        _migrate(url, tmp_path_factory.getbasetemp())
        yield url


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """A SQLite file of one's own."""
    shutil.copy(migrated_file, tmp_path / "chatkit.db")
    return f"sqlite:///{tmp_path}/chatkit.db"


@pytest.fixture
def postgres_url(migrated_schema: str) -> Iterator[str]:
    """A PostgreSQL schema of one's own, for a while."""
    yield migrated_schema
    with psycopg.connect(migrated_schema, autocommit=True) as connection:
        connection.execute(
            "DELETE FROM chatkit_threads; DELETE FROM chatkit_attachments;"
            "DELETE FROM chatkit_shared; DELETE FROM chatkit_holds"
        )


@pytest.fixture(params=["sqlite", "postgresql"])
def sql_url(request: pytest.FixtureRequest) -> str:
    """Each database, migrated and empty."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
async def sql_store(sql_url: str, tmp_path: Path) -> AsyncIterator[SqlStore]:
    """A store on each database."""
    async with open_sql_store(sql_url, base_dir=tmp_path) as store:
        yield store


@pytest.fixture(params=["memory", "sqlite_url", "postgres_url"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AnyStore]:
    """A store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
        return
    url = request.getfixturevalue(request.param)
    async with open_sql_store(url, base_dir=tmp_path) as opened:
        yield opened


def _migrate(url: str, base_dir: Path) -> None:
    # Not through a store: a fixture may be asked for while an event loop is running.
    with make_engine(resolve(url, base_dir)).connect() as connection:
        upgrade(connection)
