"""Engines as the store uses them: every statement its own transaction, unless told otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

_BUSY_SECONDS = 15

# What a connection is given unless the URL says otherwise.
_POSTGRESQL: dict[str, Any] = {
    "application_name": "chatkit-host",
    "connect_timeout": 10,
    # A server that is gone without a word is noticed in a minute, and not in two hours.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}

# WAL with NORMAL survives a process that dies at any point; a machine that loses power may lose
# its last moments, but never the file. FULL costs ten times as much for each write.
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
)

# Every page is a walk along an index. While the statistics say that threads are short, or say
# nothing yet, the planner would rather fetch and sort the whole thread for it.
_POSTGRESQL_SETTINGS = ("SET enable_sort = off", "SET enable_bitmapscan = off")


def make_engine(url: str) -> Engine:
    """An engine for this URL. It keeps no pool: each worker thread holds its one connection."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    return _postgresql(parsed)


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Several statements as one: all of them are written, or none."""
    begin, commit, rollback = _words(connection)
    connection.exec_driver_sql(begin)
    try:
        yield
        connection.exec_driver_sql(commit)
    except BaseException:
        # Where the connection has died, or SQLite has rolled back by itself, that is that.
        with suppress(SQLAlchemyError):
            connection.exec_driver_sql(rollback)
        raise


def _words(connection: Connection) -> tuple[str, str, str]:
    if connection.dialect.name != "sqlite":
        return "BEGIN", "COMMIT", "ROLLBACK"
    driver: Any = connection.connection.driver_connection
    if driver.in_transaction:
        return "SAVEPOINT part", "RELEASE part", "ROLLBACK TO part"
    # IMMEDIATE takes SQLite's one write lock at once; taking it halfway may fail without waiting.
    return "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={name: _POSTGRESQL[name] for name in _POSTGRESQL if name not in url.query},
    )
    event.listen(engine, "connect", _plan_by_index)
    return engine


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": _BUSY_SECONDS},
    )
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _plan_by_index(connection: Any, _record: Any) -> None:
    for setting in _POSTGRESQL_SETTINGS:
        connection.execute(setting)
    connection.commit()


def _set_pragmas(connection: Any, _record: Any) -> None:
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma).close()
