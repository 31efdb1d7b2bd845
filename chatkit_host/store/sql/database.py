"""The database behind the store: an engine, and the threads that use it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from chatkit_host.errors import NotFoundError
from chatkit_host.store.sql.engine import make_engine
from chatkit_host.store.sql.session import Session
from chatkit_host.store.sql.workers import Workers

T = TypeVar("T")

_NUL = "\0"


class Database:
    """Runs jobs on the database of a URL.

    Args:
        url: as SQLAlchemy takes it, with a synchronous driver.
        prepare: called with each new connection, before any job; makes or checks the tables.
        connections: how many jobs run at once. SQLite has one writer, and gets one connection.
    """

    def __init__(self, url: str, prepare: Callable[[Connection], None], connections: int) -> None:
        self._engine = make_engine(url)
        count = 1 if self._engine.dialect.name == "sqlite" else connections
        self._workers = Workers(count, partial(Session, self._engine, prepare), "chatkit-store")

    async def run(self, job: Callable[..., T], *args: Any) -> T:
        """What `job(connection, *args)` returns, from a worker thread.

        Raises:
            UnavailableError: the database cannot be reached, or is too busy.
        """
        for value in args:
            _want_storable(value)
        return await self._workers.run(lambda connection: job(connection, *args))

    async def close(self) -> None:
        """Finish what was handed in, and close every connection."""
        await self._workers.close()
        self._engine.dispose()


def _want_storable(value: object) -> None:
    # PostgreSQL's text holds no NUL and UTF-8 no half surrogate pair, so nothing has such an id.
    if isinstance(value, str) and (_NUL in value or not _is_unicode(value)):
        raise NotFoundError("There is nothing with such an id.")


def _is_unicode(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
