"""A thread that this process changes: the object, and what of it is stored."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from chatkit_host.ids import new_id
from chatkit_host.server.reconcile import assume, reconcile
from chatkit_host.server.thread_watch import ThreadWatch
from chatkit_host.store import Store, leases
from chatkit_host.store.held_threads import HeldThreads, TakenThread, busy_thread
from chatkit_host.store.records import ThreadRecord, pack_thread, unpack_thread
from chatkit_host.types import ThreadMetadata

TContext = TypeVar("TContext")
Failed = Callable[[Exception], None]


class LiveThread(Generic[TContext]):
    """In a store that knows nothing of other processes: it is saved as it is.

    Attributes:
        thread: the one object that all who change the thread in this process have.
        wanted: whether other processes waited for it when it was last taken.
        failures: how often it could not be stored.
    """

    def __init__(self, thread: ThreadMetadata, store: Store[TContext], context: TContext) -> None:
        self.thread = thread
        self.wanted = False
        self.failures = 0
        self._store = store
        self._context = context
        self._watch = ThreadWatch(thread)

    async def save(self) -> None:
        """Store it, if it is not as it was stored."""
        if self._watch.changed:
            self._watch.mark_saved()
            await self._store.save_thread(self.thread, context=self._context)

    async def take(self) -> None:
        """Have it to this process until `give_back`, with what others have written before."""

    async def give_back(self, failed: Failed = lambda _: None) -> None:
        """Store it, and let others have it; `failed` is told at once where that cannot be."""
        try:
            await self.save()
        except Exception as error:
            self.failures += 1
            failed(error)
            raise

    def assume(self, metadata: dict[str, Any]) -> None:
        """Note what has been filled in and nobody has said: others' word on it counts more."""

    async def refresh(self, context: TContext) -> None:
        """Put in what others have written meanwhile.

        Raises:
            NotFoundError: there is no such thread, or it is not this context's.
        """
        await self._store.load_thread(self.thread.id, context=context)


class HeldLiveThread(LiveThread[TContext]):
    """In a store that several processes share: only what has changed here is written.

    What cannot be stored is undone here too: nobody goes on with what is not so.
    """

    def __init__(self, thread: ThreadMetadata, store: Any, context: TContext) -> None:
        super().__init__(thread, store, context)
        self._threads: HeldThreads[TContext] = store
        self._stored = pack_thread(thread)
        self._assumed: dict[str, Any] = {}
        self._hold: str | None = None
        self._writing = asyncio.Lock()

    async def save(self) -> None:
        async with self._writing:
            await self._write(free=False)

    async def take(self) -> None:
        hold = new_id("hold")
        await self._take(hold)
        self._renewal = leases.Renewal(lambda: self._keep(hold))

    async def give_back(self, failed: Failed = lambda _: None) -> None:
        await self._renewal.stop()
        async with self._writing:
            hold, freed = self._hold, False
            assert hold is not None
            try:
                freed = await self._write(free=True)
            except Exception as error:
                failed(error)
                raise
            finally:
                self._hold = None
                if not freed:
                    await self._threads.free_thread(self.thread.id, hold, self._context)

    def assume(self, metadata: dict[str, Any]) -> None:
        assume(self._assumed, metadata, metadata)

    async def refresh(self, context: TContext) -> None:
        async with self._writing:  # or it would take what was there before for something newer
            self._take_over(pack_thread(await self._store.load_thread(self.thread.id, context)))

    async def _take(self, hold: str) -> None:
        async def attempt() -> TakenThread | None:
            async with self._writing:
                taken = await self._threads.take_thread(
                    self.thread.id, hold, leases.HOLD_SECONDS, self._context
                )
                if taken is not None:
                    self._hold, self.wanted = hold, taken.wanted
                    self._take_over(taken.record)
                return taken

        try:
            await leases.taken(attempt)
        except TimeoutError as error:
            raise busy_thread() from error
        except BaseException:
            await self._threads.free_thread(self.thread.id, hold, self._context)
            raise

    async def _keep(self, hold: str) -> bool:
        seconds = leases.HOLD_SECONDS
        return await self._threads.keep_thread(self.thread.id, hold, seconds, self._context)

    async def _write(self, *, free: bool) -> bool:
        """Write what has changed, if anything; gives whether anything has."""
        try:
            while (new := pack_thread(self.thread)) != self._stored:
                found = await self._change(new, free=free)
                if found is None:
                    self._stored = new
                    return True
                self._take_over(found)
        except Exception:
            self._undo()
            raise
        return False

    async def _change(self, new: ThreadRecord, *, free: bool) -> ThreadRecord | None:
        return await self._threads.change_thread(
            self._stored, new, self._context, hold=self._hold, free=free
        )

    def _take_over(self, found: ThreadRecord) -> None:
        if found == self._stored:
            return
        base, theirs = _thread(self._stored), _thread(found)
        assume(base.metadata, self._assumed, theirs.metadata)
        reconcile(self.thread, base, theirs)
        self._stored = found

    def _undo(self) -> None:
        self.failures += 1
        reconcile(self.thread, self.thread.model_copy(deep=True), _thread(self._stored))


def _thread(record: ThreadRecord) -> ThreadMetadata:
    return unpack_thread(record.body, record.private)


class LiveThreads(Generic[TContext]):
    """The threads that this process changes now, one object of each."""

    def __init__(self, store: Store[TContext]) -> None:
        self._store = store
        self._kind = HeldLiveThread if _is_shared(store) else LiveThread
        self._live: dict[str, LiveThread[TContext]] = {}
        self._users: Counter[str] = Counter()

    def make(self, thread: ThreadMetadata, context: TContext) -> LiveThread[TContext]:
        """A thread as it was stored, or as it is about to be."""
        return self._kind(thread, self._store, context)

    @contextmanager
    def known(self, live: LiveThread[TContext]) -> Iterator[None]:
        """Let it be found, until the last who has it is done."""
        thread_id = live.thread.id
        self._live[thread_id] = live
        self._users[thread_id] += 1
        try:
            yield
        finally:
            self._users[thread_id] -= 1
            if not self._users[thread_id]:
                del self._live[thread_id], self._users[thread_id]

    def find(self, thread: ThreadMetadata) -> LiveThread[TContext] | None:
        """What is known of this very object; none where it is changed by nobody else."""
        live = self._live.get(thread.id)
        return live if live is not None and live.thread is thread else None


def _is_shared(store: Store[Any]) -> bool:
    """Whether it keeps processes apart; a subclass that saves in its own way is left to do so."""
    saving = [kind for kind in type(store).__mro__ if "save_thread" in vars(kind)]
    return isinstance(store, HeldThreads) and "change_thread" in vars(saving[0])
