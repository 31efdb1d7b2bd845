"""The one ordered queue between those who make events and the one who reads them."""

from __future__ import annotations

import asyncio

from chatkit_host.types import StreamEvent


class EventQueue:
    """Events in the order in which they were put; the reader takes all that are ready at once.

    Putting never waits, and one wake-up serves a whole batch: under load this costs a fraction
    of an `asyncio.Queue`, which wakes its reader for every single item.
    """

    __slots__ = ("_closed", "_dealt_with", "_reading", "_ready", "_waiter", "failures")

    def __init__(self) -> None:
        self._ready: list[StreamEvent] = []
        self._waiter: asyncio.Future[None] | None = None
        self._closed = False
        self._reading = False
        self._dealt_with = asyncio.Event()
        self.failures: list[Exception] = []

    def put(self, event: StreamEvent) -> None:
        self._ready.append(event)
        self._dealt_with.clear()
        if self._waiter is not None:
            self._wake()

    def close(self) -> None:
        """Nothing more will come: the reader gets what is left, and then the empty list."""
        self._closed = True
        self._wake()

    def fail(self, error: Exception) -> None:
        """What events tell of is not so: the reader gets none of those that are left."""
        self.failures.append(error)
        self.close()

    def check(self) -> None:
        """Raise the first failure, if there is one, instead of handing an event on."""
        if self.failures:
            raise self.failures[0]

    def begin_reading(self) -> None:
        """There is a reader, for one more run."""
        self._closed = False
        self._reading = True

    def stop_reading(self) -> None:
        """The reader has gone; what it has not read is dropped."""
        self._reading = False
        self._ready.clear()
        self._dealt_with.set()

    async def settled(self) -> None:
        """Come back when the reader has dealt with all events so far; at once without a reader."""
        if self._reading and not self._dealt_with.is_set():
            await self._dealt_with.wait()

    async def take(self) -> list[StreamEvent]:
        """All events that are ready, at least one; none once the queue is closed and empty."""
        if not self._ready:
            # The reader came back, so it is through with all that it was given.
            self._dealt_with.set()
        while not self._ready and not self._closed:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        batch, self._ready = self._ready, []
        return batch

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
