"""Threads that each hold one connection and do one job after the other.

SQLAlchemy's own asyncio layer costs several times what a query does. A plain thread and a queue
cost a tenth of it, and the event loop never waits for a disk or a server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

from chatkit_host.errors import UnavailableError

T = TypeVar("T")
Job = Callable[[Connection], T]


class Session(Protocol):
    """What a worker thread holds: a connection, made when first wanted."""

    def perform(self, job: Job[T]) -> T:
        """Do the job with the connection."""

    def close(self) -> None:
        """Let go of the connection."""


@dataclass(slots=True)
class _Order:
    """A job, and who waits for it."""

    job: Job[Any]
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[Any]

    def deliver(self, result: Any, error: BaseException | None) -> None:
        """Tell whoever waits, from any thread."""
        # A loop that has closed raises: nobody waits any more, and the job is done all the same.
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self._settle, result, error)

    def _settle(self, result: Any, error: BaseException | None) -> None:
        if self.done.done():
            return
        if error is None:
            self.done.set_result(result)
        else:
            self.done.set_exception(error)


class Workers:
    """Up to `count` threads, started as they are wanted.

    Args:
        count: how many jobs may be under way at once.
        session: makes what a thread holds.
        name: what the threads are called.
    """

    def __init__(self, count: int, session: Callable[[], Session], name: str) -> None:
        self._count = count
        self._session = session
        self._name = name
        self._orders: SimpleQueue[_Order | None] = SimpleQueue()
        self._threads: list[Thread] = []
        self._under_way = 0
        self._lock = Lock()
        self._closed = False

    async def run(self, job: Job[T]) -> T:
        """What the job returns, or the error that it raised.

        A job that was handed in runs to its end. Who is cancelled while waiting is cancelled only
        then: what is written next cannot overtake it.
        """
        loop = asyncio.get_running_loop()
        order = _Order(job, loop, loop.create_future())
        self._hand_in(order)
        try:
            return await asyncio.shield(order.done)
        except asyncio.CancelledError:
            await _until_done(order.done)
            raise

    async def close(self) -> None:
        """Finish what was handed in, then end the threads."""
        with self._lock:
            self._closed = True
            threads, self._threads = self._threads, []
        for _ in threads:
            self._orders.put(None)
        for thread in threads:
            await asyncio.to_thread(thread.join)

    def _hand_in(self, order: _Order) -> None:
        with self._lock:
            if self._closed:
                raise UnavailableError("The store is closed.")
            self._under_way += 1
            if self._under_way > len(self._threads) < self._count:
                self._start_thread()
            self._orders.put(order)

    def _start_thread(self) -> None:
        name = f"{self._name}-{len(self._threads)}"
        # A daemon, so that a store nobody closed does not keep the interpreter from ending.
        thread = Thread(target=self._work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self) -> None:
        session = self._session()
        try:
            while (order := self._orders.get()) is not None:
                self._fill(order, session)
                del order  # Holds the caller's data, which may be large, until the next one.
        finally:
            session.close()

    def _fill(self, order: _Order, session: Session) -> None:
        result, error = None, None
        try:
            result = session.perform(order.job)
        except BaseException as caught:
            error = caught
        with self._lock:
            self._under_way -= 1
        order.deliver(result, error)


async def _until_done(done: asyncio.Future[Any]) -> None:
    while not done.done():
        try:
            await asyncio.shield(done)
        except asyncio.CancelledError:
            continue
        except Exception:
            return
    if not done.cancelled():
        done.exception()
