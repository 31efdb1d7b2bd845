"""What all threads share, and what one user's threads do: named values, written one at a time."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any, Generic, Literal
from weakref import WeakValueDictionary

from chatkit_host.errors import ConflictError, UnavailableError
from chatkit_host.ids import new_id
from chatkit_host.store import leases
from chatkit_host.store.contract import TContext

Place = Literal["all", "user"]
"""Common to everybody, or one owner's."""

SharedValues = dict[Place, dict[str, Any]]
"""The stored values of both places, by name."""


class SharedStore(ABC, Generic[TContext]):
    """A store that keeps shared values. Both stores of this package do.

    A place is written only by whoever holds it. A hold is a lease: it runs out when its process
    dies, and who has lost it can write no more, so that no update is ever lost.
    """

    @abstractmethod
    async def load_shared(self, context: TContext) -> SharedValues:
        """All that is stored for everybody, and for the context's owner."""

    @abstractmethod
    async def save_shared(
        self, place: Place, values: Mapping[str, Any], hold: str, context: TContext
    ) -> bool:
        """Write these values, and leave the others alone; False if the hold has been lost."""

    @abstractmethod
    async def take_hold(self, place: Place, hold: str, seconds: float, context: TContext) -> bool:
        """Take a place for so many seconds; False while somebody else has it."""

    @abstractmethod
    async def keep_hold(self, place: Place, hold: str, seconds: float, context: TContext) -> bool:
        """Keep a place for so many seconds more; False if somebody else has had it meanwhile."""

    @abstractmethod
    async def drop_hold(self, place: Place, hold: str, context: TContext) -> bool:
        """Give a place back, if it is still held; gives whether others have asked for it."""


class Holds(Generic[TContext]):
    """Takes places for writers: one after the other, in this process and in all others."""

    def __init__(self, store: SharedStore[TContext]) -> None:
        self._store = store
        self._queues: WeakValueDictionary[str, leases.Queue] = WeakValueDictionary()

    @asynccontextmanager
    async def holding(self, place: Place, owner: str, context: TContext) -> AsyncIterator[str]:
        """Have the place until the end; gives the hold that `save_shared` wants.

        Raises:
            UnavailableError: it could not be had in time.
        """
        queue = self._queues.setdefault(owner if place == "user" else "", leases.Queue())
        try:
            async with asyncio.timeout(leases.PATIENCE):
                await queue.enter()
        except TimeoutError as error:
            raise _busy() from error
        wanted, hold = False, new_id("hold")
        try:
            await self._take(place, hold, context)
            renewal = leases.Renewal(self._keep(place, hold, context))
            try:
                yield hold
            finally:
                await renewal.stop()
                wanted = await self._store.drop_hold(place, hold, context)
        finally:
            queue.leave(wanted=wanted)

    async def _take(self, place: Place, hold: str, context: TContext) -> None:
        async def attempt() -> bool | None:
            return await self._store.take_hold(place, hold, leases.HOLD_SECONDS, context) or None

        try:
            await leases.taken(attempt)
        except TimeoutError as error:
            raise _busy() from error
        except BaseException:
            await self._store.drop_hold(place, hold, context)
            raise

    def _keep(
        self, place: Place, hold: str, context: TContext
    ) -> Callable[[], Coroutine[Any, Any, bool]]:
        return lambda: self._store.keep_hold(place, hold, leases.HOLD_SECONDS, context)


def lost() -> ConflictError:
    """Somebody else has written meanwhile."""
    return ConflictError("Somebody else has changed what is shared meanwhile; try again.")


def _busy() -> UnavailableError:
    return UnavailableError("What is shared is being written by others; try again in a moment.")
