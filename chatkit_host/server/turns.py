"""Turns: tasks of their own, whose events the responses only read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from itertools import takewhile
from typing import Any
from weakref import WeakValueDictionary

from chatkit_host.errors import ConflictError, UnavailableError
from chatkit_host.ids import new_id
from chatkit_host.logger import logger
from chatkit_host.server.live_thread import LiveThread
from chatkit_host.server.log import StreamLog, TurnState
from chatkit_host.server.policy import TurnPolicy
from chatkit_host.types import StreamEvent
from chatkit_host.types.codec import encode_event


class Turn:
    """One respond or action, from its start to its end, and the log that it writes."""

    def __init__(self, thread_id: str, log: StreamLog, policy: TurnPolicy) -> None:
        self.id = new_id("turn")
        self.thread_id = thread_id
        self.live: LiveThread[Any] | None = None
        self.cancel_when_left = policy.on_disconnect == "cancel"
        self.may_be_stopped = True
        self.task: asyncio.Task[None] | None = None
        self.queued = False
        self.deleted = False
        self.unwanted = False
        self.readers = 0
        self._was_read = False
        self._log = log
        self._grace = policy.disconnect_grace
        self._timer: asyncio.TimerHandle | None = None

    @property
    def ended(self) -> bool:
        return self.task is not None and self.task.done()

    @property
    def abandoned(self) -> bool:
        """Its last reader has left, and that means that nobody wants it."""
        return self._was_read and self.readers == 0 and self.cancel_when_left

    def send(self, event: StreamEvent) -> None:
        """Encode an event for the log; readers get what comes in one go of the loop as one."""
        self._log.append(self.id, (encode_event(event),))

    def cancel(self) -> None:
        """Stop the turn, or let it stop as soon as it has begun; it saves what it has.

        Nothing happens if it has ended.
        """
        self.unwanted = True
        if self.task is not None:
            self.task.cancel()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Count as one of the turn's readers for as long as this is open."""
        self._enter()
        try:
            yield
        finally:
            self._leave()

    def entries(self, after: int) -> AsyncIterator[Sequence[bytes]]:
        """The turn's events after this number, in batches as they become ready, to its end."""
        return self._log.follow(self.id, after)

    def watch_for_readers(self) -> None:
        """Start the grace time that passes before a turn nobody reads is cancelled."""
        if self.readers == 0 and not self.ended:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._grace, self._give_up)

    def _enter(self) -> None:
        self.readers += 1
        self._was_read = True
        if self._timer is not None:
            self._timer.cancel()

    def _leave(self) -> None:
        self.readers -= 1
        self.watch_for_readers()

    def _give_up(self) -> None:
        if self.readers == 0 and self.cancel_when_left and not self.ended:
            logger.info("Turn %s is cancelled: its reader left", self.id)
            self.cancel()


Work = Callable[[Turn], Awaitable[TurnState]]


class Turns:
    """The turns that run in this process, one at a time in each thread."""

    def __init__(self, log: StreamLog, policy: TurnPolicy) -> None:
        self.log = log
        self.policy = policy
        self._running: dict[str, Turn] = {}
        self._open: set[Turn] = set()
        self._line: dict[str, Turn] = {}  # all that have entered, in the order in which they came
        self._changing: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._draining = False

    def __len__(self) -> int:
        return len(self._open)

    def find(self, turn_id: str) -> Turn | None:
        """The turn, if it has not ended."""
        return next((turn for turn in self._open if turn.id == turn_id), None)

    def running(self, thread_id: str) -> Turn | None:
        """The turn that this thread is in now."""
        return self._running.get(thread_id)

    def changing(self, thread_id: str) -> asyncio.Lock:
        """Held by what changes a thread beside a turn, and while a turn takes the thread over.

        Whoever has it may look for the running turn's thread object, or load one, and knows that
        no other copy comes up meanwhile.
        """
        return self._changing.setdefault(thread_id, asyncio.Lock())

    async def enter(self, thread_id: str) -> Turn:
        """A turn that has the thread to itself, or is queued; `start` or `leave` must follow.

        Raises:
            ConflictError: the thread is still answering, and the policy is to reject.
            UnavailableError: the host is stopping.
        """
        if self._draining:
            raise UnavailableError("The host is stopping; try again in a moment.")
        turn = Turn(thread_id, self.log, self.policy)
        self._line[turn.id] = turn
        try:
            holder = await self.log.lease(thread_id, turn.id)
            if holder is not None:
                await self._wait_behind(holder, turn)
        except BaseException:
            del self._line[turn.id]
            raise
        return turn

    async def _wait_behind(self, holder: str, turn: Turn) -> None:
        thread_id = turn.thread_id
        running = self._running.get(thread_id)
        left_behind = running is not None and running.abandoned
        interrupts = self.policy.concurrency == "interrupt"
        if interrupts or left_behind:
            if interrupts:  # those in the line too, and one that is about to begin
                for before in takewhile(lambda other: other is not turn, self._entered(thread_id)):
                    before.cancel()
            await self.log.cancel(holder)
            await self.log.lease(thread_id, turn.id, wait=True)
        elif self.policy.concurrency == "queue":
            turn.queued = True
        else:
            raise ConflictError("This thread is still answering. Wait for it to end, or stop it.")

    async def start(self, turn: Turn, work: Work) -> None:
        """Run the work as a task of its own, a queued turn's when its thread is free."""
        await self.log.open(turn.id, turn.thread_id, turn.cancel)
        self._open.add(turn)
        turn.task = asyncio.create_task(self._run(turn, work), name=turn.id)
        # A task that is cancelled before its first step never runs its `finally`.
        await asyncio.sleep(0)
        if turn.unwanted:
            turn.cancel()
        turn.watch_for_readers()

    async def leave(self, turn: Turn) -> None:
        """Give the thread back."""
        self._line.pop(turn.id, None)
        await self.log.release(turn.thread_id, turn.id)

    async def _run(self, turn: Turn, work: Work) -> None:
        state: TurnState = "failed"
        try:
            if turn.queued:
                await self.log.lease(turn.thread_id, turn.id, wait=True)
            self._running[turn.thread_id] = turn
            state = await work(turn)
        except asyncio.CancelledError:
            state = "cancelled"
        except Exception:
            logger.exception("Turn %s failed", turn.id)
        finally:
            await self._end(turn, state)

    async def _end(self, turn: Turn, state: TurnState) -> None:
        if self._running.get(turn.thread_id) is turn:
            del self._running[turn.thread_id]
        self._open.discard(turn)
        await self.log.finish(turn.id, state)
        await self.leave(turn)

    async def stop(self, thread_id: str) -> bool:
        """Cancel the thread's turns, and wait until they have saved what they have.

        Returns:
            Whether there were any.
        """
        turns = self._in(thread_id)
        await _cancel(turns)
        return bool(turns)

    @asynccontextmanager
    async def deleting(self, thread_id: str) -> AsyncIterator[None]:
        """The thread with no turn in it and nobody who changes it, for as long as this is open.

        Its turns are cancelled, and save nothing. Whoever comes meanwhile looks for the thread
        afterwards.
        """
        for turn in self._entered(thread_id):
            turn.deleted = True
            turn.cancel()
        place = new_id("turn")
        await self.log.lease(thread_id, place, wait=True)
        try:
            async with self.changing(thread_id):
                yield
        finally:
            await self.log.release(thread_id, place)

    def _entered(self, thread_id: str) -> list[Turn]:
        return [turn for turn in self._line.values() if turn.thread_id == thread_id]

    def _in(self, thread_id: str) -> list[Turn]:
        return [turn for turn in self._open if turn.thread_id == thread_id]

    async def drain(self, grace: float) -> None:
        """Take no more turns; let those that run end for `grace` seconds, then cancel them."""
        self._draining = True
        tasks = [turn.task for turn in self._open if turn.task is not None]
        if tasks:
            await asyncio.wait(tasks, timeout=grace)
        await _cancel(list(self._open))


async def _cancel(turns: list[Turn]) -> None:
    for turn in turns:
        turn.cancel()
    tasks = [turn.task for turn in turns if turn.task is not None]
    if tasks:
        await asyncio.wait(tasks)
