"""The database behind the store: an engine, and the threads that use it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from chatkit_host.errors import NotFoundError
from chatkit_host.store.sql.engine import make_engine
from chatkit_host.store.sql.orders import Job
from chatkit_host.store.sql.session import Session
from chatkit_host.store.sql.workers import Workers

T = TypeVar("T")

_NUL = "\0"
# Jobs that SQLite's one thread takes together, so that their writes are one transaction.
_AT_ONCE = 64


class Database:
    """Runs jobs on the database of a URL.

    Args:
        url: as SQLAlchemy takes it, with a synchronous driver.
        prepare: called with each new connection, before any job; makes or checks the tables.
        connections: how many jobs run at once. SQLite has one writer, and gets one connection.
    """

    def __init__(self, url: str, prepare: Callable[[Connection], None], connections: int) -> None:
        self._engine = make_engine(url)
        count, at_once = (1, _AT_ONCE) if self._engine.name == "sqlite" else (connections, 1)
        session = partial(Session, self._engine, prepare)
        self._workers = Workers(count, at_once, session, "chatkit-store")

    async def read(self, job: Callable[..., T], *args: Any) -> T:
        """What `job(connection, *args)` returns, from a worker thread; it must write nothing.

        Raises:
            UnavailableError: the database cannot be reached, or is too busy.
        """
        return await self._run(job, args, writes=False)

    async def write(self, job: Callable[..., T], *args: Any) -> T:
        """As `read`, for a job that writes, and that may be done twice where once has failed."""
        return await self._run(job, args, writes=True)

    async def close(self) -> None:
        """Finish what was handed in, and close every connection."""
        await self._workers.close()
        self._engine.dispose()

    async def _run(self, job: Callable[..., T], args: tuple[Any, ...], *, writes: bool) -> T:
        for value in args:
            _want_storable(value)
        return await self._workers.run(Job(lambda connection: job(connection, *args), writes))


def _want_storable(value: object) -> None:
    # PostgreSQL's text holds no NUL and UTF-8 no half surrogate pair, so nothing has such an id.
    if isinstance(value, str) and (_NUL in value or not _is_unicode(value)):
        raise NotFoundError("There is nothing with such an id.")


def _is_unicode(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
