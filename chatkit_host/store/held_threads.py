"""Threads that several processes change: one list of steps at a time, and no change is lost."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Generic, NamedTuple

from chatkit_host.errors import ConflictError, UnavailableError
from chatkit_host.store.contract import TContext
from chatkit_host.store.records import ThreadRecord


class TakenThread(NamedTuple):
    """A thread that is held, as it was then; `wanted` tells whether others wait for it."""

    record: ThreadRecord
    wanted: bool


class HeldThreads(ABC, Generic[TContext]):
    """A store that several processes change threads in. Both stores of this package do.

    A hold is a lease: it runs out when its process dies, and who has lost it can write no more.
    What is changed without a hold, such as a title, is written over what was there, and over
    nothing else: it is refused where the thread is no longer as it was.
    """

    @abstractmethod
    async def take_thread(
        self, thread_id: str, hold: str, seconds: float, context: TContext
    ) -> TakenThread | None:
        """Hold a thread for so many seconds; None while somebody else has it.

        Raises:
            NotFoundError: there is no such thread.
        """

    @abstractmethod
    async def keep_thread(
        self, thread_id: str, hold: str, seconds: float, context: TContext
    ) -> bool:
        """Hold it for so many seconds more; False if somebody else has had it meanwhile."""

    @abstractmethod
    async def free_thread(self, thread_id: str, hold: str, context: TContext) -> None:
        """Give it back, if it is still held."""

    @abstractmethod
    async def change_thread(
        self,
        old: ThreadRecord,
        new: ThreadRecord,
        context: TContext,
        *,
        hold: str | None = None,
        free: bool = False,
    ) -> ThreadRecord | None:
        """Write a thread, if it is as it was; else gives what it is now, and does nothing.

        Args:
            old: what it was.
            new: what it becomes.
            context: whose thread it must be.
            hold: who writes, if it is held.
            free: whether it is given back with that.

        Raises:
            NotFoundError: there is no such thread any more.
            ConflictError: the hold was lost.
        """


def lost_thread() -> ConflictError:
    """Somebody else has had the thread meanwhile."""
    return ConflictError("Somebody else has changed this thread meanwhile; try again.")


def busy_thread() -> UnavailableError:
    """Somebody else has had the thread for too long."""
    return UnavailableError("This thread is being changed by others; try again in a moment.")
