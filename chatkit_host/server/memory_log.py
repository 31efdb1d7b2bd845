"""The stream log of a single process: lists, and futures that wake readers."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

from chatkit_host.errors import NotFoundError
from chatkit_host.server.log import LogSlice, StreamLog, TurnState


@dataclass(slots=True)
class _Log:
    thread_id: str
    cancel: Callable[[], None]
    loop: asyncio.AbstractEventLoop  # asking for the running one is a call to the system
    entries: list[bytes] = field(default_factory=list)
    state: TurnState = "running"
    waiters: list[asyncio.Future[None]] = field(default_factory=list)

    def more(self) -> asyncio.Future[None]:
        """Done as soon as there is more, or the end."""
        waiter: asyncio.Future[None] = self.loop.create_future()
        self.waiters.append(waiter)
        return waiter

    def wake(self) -> None:
        waiters, self.waiters = self.waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)


@dataclass(slots=True)
class _Lease:
    holder: str
    queue: deque[tuple[str, asyncio.Future[None]]] = field(default_factory=deque)


class MemoryStreamLog(StreamLog):
    """Logs in this process's memory; a finished one is kept for `keep` seconds."""

    def __init__(self, keep: float = 60.0) -> None:
        self._keep = keep
        self._logs: dict[str, _Log] = {}
        self._leases: dict[str, _Lease] = {}

    async def lease(self, thread_id: str, turn_id: str, *, wait: bool = False) -> str | None:
        lease = self._leases.get(thread_id)
        if lease is None:
            self._leases[thread_id] = _Lease(turn_id)
            return None
        if not wait:
            return lease.holder
        await self._queue_up(thread_id, turn_id, lease)
        return None

    async def _queue_up(self, thread_id: str, turn_id: str, lease: _Lease) -> None:
        turn_came: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lease.queue.append((turn_id, turn_came))
        try:
            await turn_came
        except asyncio.CancelledError:
            # It may have been handed over in the very moment that the wait was given up.
            await self.release(thread_id, turn_id)
            raise

    async def release(self, thread_id: str, turn_id: str) -> None:
        lease = self._leases.get(thread_id)
        if lease is None or lease.holder != turn_id:
            return
        while lease.queue:
            next_turn, turn_came = lease.queue.popleft()
            if not turn_came.done():
                lease.holder = next_turn
                turn_came.set_result(None)
                return
        del self._leases[thread_id]

    async def open(self, turn_id: str, thread_id: str, cancel: Callable[[], None]) -> None:
        self._logs[turn_id] = _Log(thread_id, cancel, asyncio.get_running_loop())

    async def thread_of(self, turn_id: str) -> str:
        return self._log(turn_id).thread_id

    def append(self, turn_id: str, entries: Sequence[bytes]) -> None:
        log = self._logs[turn_id]
        log.entries.extend(entries)
        if log.waiters:
            log.wake()

    async def finish(self, turn_id: str, state: TurnState) -> None:
        log = self._logs[turn_id]
        log.state = state
        log.wake()
        log.loop.call_later(self._keep, self._logs.pop, turn_id, None)

    async def read(self, turn_id: str, after: int) -> LogSlice:
        log = self._log(turn_id)
        return LogSlice(log.entries[after:], log.state)

    async def wait(self, turn_id: str, after: int) -> None:
        log = self._log(turn_id)
        if len(log.entries) > after or log.state != "running":
            return
        await log.more()

    async def follow(self, turn_id: str, after: int = 0) -> AsyncIterator[Sequence[bytes]]:
        # What the contract's own loop does, without its two calls for every batch.
        log = self._log(turn_id)
        while True:
            entries = log.entries[after:]
            if entries:
                after += len(entries)
                yield entries
            elif log.state != "running":
                return
            else:
                await log.more()

    async def cancel(self, turn_id: str) -> None:
        log = self._logs.get(turn_id)
        if log is not None and log.state == "running":
            log.cancel()

    def _log(self, turn_id: str) -> _Log:
        try:
            return self._logs[turn_id]
        except KeyError:
            raise NotFoundError("This answer is no longer kept; load the thread.") from None
