"""One worker thread's connection: made when first wanted, and again when it has died."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)

from chatkit_host.errors import UnavailableError
from chatkit_host.logger import logger
from chatkit_host.store.sql.engine import transaction
from chatkit_host.store.sql.orders import Job, Outcome

# Of writers who take the same number in a thread, one gets it each time: this is never reached.
_MOST_TRIES = 1000

# These say that a statement is wrong; all others, that the database is in no state to answer.
_OURS = (DataError, IntegrityError, NotSupportedError, ProgrammingError)


class Session:
    """Performs jobs with a connection of its own; stays in the thread that made it.

    Args:
        engine: where connections come from.
        prepare: called with each new connection, before any job.
    """

    def __init__(self, engine: Engine, prepare: Callable[[Connection], None]) -> None:
        self._engine = engine
        self._prepare = prepare
        self._connection: Connection | None = None

    def perform(self, jobs: Sequence[Job[Any]]) -> list[Outcome]:
        """The jobs' outcomes. Errors of the database's are `UnavailableError`.

        Several writes are one transaction, which costs little more than one of them alone. Should
        it fail as a whole, each is written on its own.
        """
        if sum(job.writes for job in jobs) > 1:
            try:
                with transaction(self._open()):
                    return [self._perform(job) for job in jobs]
            except Exception as error:
                logger.debug("Writing one by one: %s", error)
        return [self._perform(job) for job in jobs]

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _perform(self, job: Job[Any]) -> Outcome:
        try:
            return Outcome(self._perform_until_numbered(job))
        except BaseException as error:
            # It is the caller's to handle.
            return Outcome(error=_told(error))

    def _perform_until_numbered(self, job: Job[Any]) -> Any:
        for _ in range(_MOST_TRIES):
            try:
                return self._perform_reconnecting(job)
            except IntegrityError as error:
                clash = error
        raise clash

    def _perform_reconnecting(self, job: Job[Any]) -> Any:
        held = self._connection is not None
        try:
            return job.do(self._open())
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            self.close()
            if not held:
                raise
        # The server closed what lay idle (a restart, a firewall): once more, on a new connection.
        return job.do(self._open())

    def _open(self) -> Connection:
        if self._connection is None:
            connection = self._engine.connect()
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection


def _told(error: BaseException) -> BaseException:
    if not isinstance(error, DBAPIError) or isinstance(error, _OURS):
        return error
    logger.warning("The database fails: %s", error.orig)
    told = UnavailableError("The store cannot be reached now; try again later.")
    told.__cause__ = error
    return told
