"""One list of steps at a time writes a thread: two tools of a turn, or an endpoint beside it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from weakref import WeakValueDictionary


@dataclass(slots=True)
class _Holder:
    thread_id: str
    lock: asyncio.Lock
    holds: bool = True


class StateHolds:
    """The right to write the state of a thread, from the first step of a list to its last.

    What reads in one step and writes in a later one would otherwise lose what another list has
    written in between. Whoever needs shared values too takes them after this.
    """

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def holding(self, thread_id: str) -> AsyncIterator[None]:
        """Hold the thread until the end; within a list that does so already, nothing is new."""
        if _current(thread_id) is not None:
            yield
            return
        lock = self._locks.setdefault(thread_id, asyncio.Lock())
        await lock.acquire()
        holder = _Holder(thread_id, lock)
        token = _HOLDER.set(holder)
        try:
            yield
        finally:
            _HOLDER.reset(token)
            if holder.holds:
                lock.release()

    @asynccontextmanager
    async def let_go(self, thread_id: str) -> AsyncIterator[None]:
        """Let other lists write meanwhile: a model thinks, and may call tools that do."""
        holder = _current(thread_id)
        if holder is None:
            yield
            return
        holder.holds = False
        holder.lock.release()
        token = _HOLDER.set(None)
        try:
            yield
        finally:
            _HOLDER.reset(token)
        await holder.lock.acquire()  # and not where the list is over anyway
        holder.holds = True


_HOLDER: ContextVar[_Holder | None] = ContextVar("holder", default=None)


def _current(thread_id: str) -> _Holder | None:
    holder = _HOLDER.get()
    return holder if holder and holder.holds and holder.thread_id == thread_id else None
