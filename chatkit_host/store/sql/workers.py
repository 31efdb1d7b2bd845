"""Threads that each hold one connection and do one job after the other.

SQLAlchemy's own asyncio layer costs several times what a query does. A plain thread and a queue
cost a tenth of it, and the event loop never waits for a disk or a server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Protocol

from chatkit_host.errors import UnavailableError
from chatkit_host.store.sql.orders import Job, Order, Outcome, T, deliver, until_done


class Performer(Protocol):
    """What a worker thread does its jobs with."""

    def perform(self, jobs: Sequence[Job[Any]]) -> list[Outcome]:
        """Do the jobs, in their order; one that fails leaves the others alone."""

    def close(self) -> None:
        """Let go of what is held."""


class Workers:
    """Up to `count` threads, started as they are wanted.

    Args:
        count: how many threads at most.
        at_once: how many waiting jobs a thread takes together.
        performer: makes what a thread does its jobs with.
        name: what the threads are called.
    """

    def __init__(
        self, count: int, at_once: int, performer: Callable[[], Performer], name: str
    ) -> None:
        self._count = count
        self._at_once = at_once
        self._performer = performer
        self._name = name
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
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
        done: asyncio.Future[T] = loop.create_future()
        self._hand_in(Order(job, loop, done))
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            await until_done(done)
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

    def _hand_in(self, order: Order) -> None:
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
        performer = self._performer()
        try:
            while batch := self._take():
                self._fill(batch, performer)
                del batch  # It holds its callers' data, and the next may be long in coming.
        finally:
            performer.close()

    def _take(self) -> list[Order]:
        """The next orders, waiting for the first; none when it is time to end."""
        batch: list[Order] = []
        try:
            while len(batch) < self._at_once:
                order = self._orders.get(block=not batch)
                if order is None:
                    # Nothing comes behind it but the same for other threads.
                    self._end_after(batch)
                    break
                batch.append(order)
        except Empty:
            pass
        return batch

    def _end_after(self, batch: list[Order]) -> None:
        if batch:
            self._orders.put(None)

    def _fill(self, batch: list[Order], performer: Performer) -> None:
        outcomes = performer.perform([order.job for order in batch])
        with self._lock:
            self._under_way -= len(batch)
        deliver(batch, outcomes)
