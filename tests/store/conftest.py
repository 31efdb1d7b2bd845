"""Each backend in turn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from chatkit_host.store import MemoryStore, SqlStore
from chatkit_host.store.open import open_sql_store
from tests.store.postgres import empty_schema

AnyStore = MemoryStore | SqlStore

_TABLES = "chatkit_threads, chatkit_items, chatkit_attachments, chatkit_feedback"


@pytest.fixture(scope="session")
def postgres_session() -> Iterator[str]:
    """A schema for the whole session."""
    with empty_schema() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_session: str) -> Iterator[str]:
    """A schema whose tables are empty, or not made yet."""
    yield postgres_session
    with psycopg.connect(postgres_session, autocommit=True) as connection:
        found = connection.execute("SELECT to_regclass('chatkit_threads')").fetchone()
        if found and found[0]:
            connection.execute(f"TRUNCATE {_TABLES}")


@pytest.fixture(params=["sqlite", "postgresql"])
def sql_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that nobody else uses."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/chatkit.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def sql_store(sql_url: str, tmp_path: Path) -> AsyncIterator[SqlStore]:
    """A store on a database."""
    async with open_sql_store(sql_url, base_dir=tmp_path, migrate="always") as store:
        yield store


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AnyStore]:
    """A store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
        return
    url = f"sqlite:///{tmp_path}/chatkit.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    async with open_sql_store(url, base_dir=tmp_path, migrate="always") as opened:
        yield opened
