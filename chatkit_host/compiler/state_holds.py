"""One list of steps at a time writes a thread, in whichever turn, endpoint or process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from chatkit_host.server.live_thread import LiveThread
from chatkit_host.store.leases import Queue

Live = LiveThread[Any] | None
Failed = Callable[[Exception], None]


@dataclass(slots=True)
class _Holder:
    thread_id: str
    queue: Queue
    live: Live
    failed: Failed
    holds: bool = False

    async def take(self) -> None:
        """Be the one who writes, with what others have written before."""
        await self.queue.enter()
        try:
            if self.live is not None:
                await self.live.take()
        except BaseException:
            self.queue.leave()
            raise
        self.holds = True

    async def give_back(self) -> None:
        """Store what was written, and let others write."""
        self.holds = False
        try:
            if self.live is not None:
                await self.live.give_back(self.failed)
        finally:
            self.queue.leave(wanted=self.live is not None and self.live.wanted)


class StateHolds:
    """The right to write the state of a thread, from the first step of a list to its last.

    What reads in one step and writes in a later one would otherwise lose what another list has
    written in between. Whoever needs shared values too takes them after this. Where the thread is
    stored (`live`), what a list has written is stored when it ends, and other processes wait too.
    """

    def __init__(self) -> None:
        self._queues: WeakValueDictionary[str, Queue] = WeakValueDictionary()

    @asynccontextmanager
    async def holding(self, thread_id: str, live: Live, failed: Failed) -> AsyncIterator[None]:
        """Hold the thread until the end; within a list that does so already, nothing is new.

        Args:
            thread_id: the thread.
            live: what of it is stored, if anything is.
            failed: told at once of what could not be stored, before anything else goes on.
        """
        if _current(thread_id) is not None:
            yield
            return
        queue = self._queues.setdefault(thread_id, Queue())
        holder = _Holder(thread_id, queue, live, failed)
        await holder.take()
        token = _HOLDER.set(holder)
        try:
            yield
        finally:
            _HOLDER.reset(token)
            if holder.holds:
                await holder.give_back()

    @asynccontextmanager
    async def let_go(self, thread_id: str) -> AsyncIterator[None]:
        """Let other lists write meanwhile: a model thinks, and may call tools that do."""
        holder = _current(thread_id)
        if holder is None:
            yield
            return
        await holder.give_back()
        token = _HOLDER.set(None)
        try:
            yield
        finally:
            _HOLDER.reset(token)
        await holder.take()  # and not where the list is over anyway


_HOLDER: ContextVar[_Holder | None] = ContextVar("holder", default=None)


def _current(thread_id: str) -> _Holder | None:
    holder = _HOLDER.get()
    return holder if holder and holder.holds and holder.thread_id == thread_id else None
