"""The recorder: an event comes in, is stored, and goes out if the client may see it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from chatkit_host.errors import UnavailableError
from chatkit_host.server.live_thread import LiveThread
from chatkit_host.server.pending import PendingItems
from chatkit_host.server.responses import thread_response
from chatkit_host.server.thread_watch import ThreadWatch
from chatkit_host.server.uninterrupted import uninterrupted
from chatkit_host.store import Store
from chatkit_host.types import (
    AssistantMessageContentPartTextDelta,
    StreamEvent,
    TextDelta,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemReplacedEvent,
    ThreadItemUpdatedEvent,
    ThreadUpdatedEvent,
    WidgetStreamingTextValueDelta,
    is_hidden,
)

TContext = TypeVar("TContext")
DELTAS = (AssistantMessageContentPartTextDelta, WidgetStreamingTextValueDelta)
"""Pieces of what a model writes: there are many, and none tells of a change of the thread."""
STORED = (ThreadItemDoneEvent, ThreadItemReplacedEvent, ThreadItemRemovedEvent)
Send = Callable[[StreamEvent], None]


class Recorder(Generic[TContext]):
    """Stores what one turn makes.

    Finished items are stored before their event goes out, and a changed thread before the event
    that follows the change, so that a client never hears of what a crash could still undo.
    """

    def __init__(
        self,
        store: Store[TContext],
        live: LiveThread[TContext],
        context: TContext,
        send: Send,
    ) -> None:
        self._store = store
        self._live = live
        self._thread = thread = live.thread
        self._context = context
        self._send = send
        self._watch = ThreadWatch(thread)
        self._hidden_ids: set[str] = set()
        self.pending = PendingItems()

    def record(self, event: StreamEvent) -> Awaitable[None] | None:
        """Store what the event says, and send it on; gives what is to be awaited, if anything.

        Nearly all events are text deltas, for which nothing is: a coroutine for each would cost
        more than the rest.
        """
        kind = type(event)
        if kind is TextDelta:
            self.pending.add_text(event.item_id, event.content_index, event.delta)  # type: ignore[union-attr]
        elif kind is ThreadItemUpdatedEvent and type(event.update) in DELTAS:  # type: ignore[union-attr, operator]
            self._note_update(event)  # type: ignore[arg-type]
        else:
            # What is finished is stored, even if the turn is cancelled in that moment.
            whole = self._record_whole(event, self._live.failures)
            return uninterrupted(whole) if isinstance(event, STORED) else whole
        self._send(event)
        return self.save_thread() if self._watch.assigned else None

    async def save_thread(self) -> None:
        """Store the thread if it has changed, and tell the client."""
        if await self._store_thread():
            self._send_thread()

    async def _record_whole(self, event: StreamEvent, failures: int) -> None:
        # First what the event may tell of: where that fails, nothing of it is kept.
        thread_changed = await self._store_thread()
        if self._live.failures != failures:
            raise UnavailableError("What this tells of could not be stored; try again later.")
        await self._store_event(event)
        if not self._is_hidden(event):
            self._send(event)
        if thread_changed:
            self._send_thread()

    async def _store_event(self, event: StreamEvent) -> None:
        store, thread_id, context = self._store, self._thread.id, self._context
        match event:
            case ThreadItemUpdatedEvent():
                self._note_update(event)
            case ThreadItemAddedEvent():
                self.pending.add(event.item)
            case ThreadItemDoneEvent():
                await store.add_thread_item(thread_id, event.item, context=context)
                self.pending.settle(event.item.id)
                self.pending.settle_calls(event.item)
            case ThreadItemReplacedEvent():
                await store.save_item(thread_id, event.item, context=context)
                self.pending.settle(event.item.id)
            case ThreadItemRemovedEvent():
                await store.delete_thread_item(thread_id, event.item_id, context=context)
                self.pending.settle(event.item_id)

    def _note_update(self, event: ThreadItemUpdatedEvent) -> None:
        update = event.update
        if type(update) is AssistantMessageContentPartTextDelta:
            self.pending.add_text(event.item_id, update.content_index, update.delta)
        else:
            self.pending.apply(event.item_id, update)

    async def _store_thread(self) -> bool:
        if not self._watch.changed:
            return False
        self._watch.mark_saved()
        await self._live.save()
        return True

    def _send_thread(self) -> None:
        self._send(ThreadUpdatedEvent(thread=thread_response(self._thread)))

    def _is_hidden(self, event: StreamEvent) -> bool:
        """Hidden items never leave the server, in no event."""
        match event:
            case ThreadItemAddedEvent() | ThreadItemDoneEvent() | ThreadItemReplacedEvent():
                if is_hidden(event.item):
                    self._hidden_ids.add(event.item.id)
                    return True
                return False
            case ThreadItemRemovedEvent():
                return event.item_id in self._hidden_ids
            case _:
                return False
