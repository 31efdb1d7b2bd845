"""`ChatKitServer`: one method takes every request of the protocol."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Generic

from typing_extensions import TypeVar

from chatkit_host import clock
from chatkit_host.actions import Action
from chatkit_host.errors import ConflictError, InvalidRequestError
from chatkit_host.logger import logger
from chatkit_host.server.constants import CANCELLED_NOTE
from chatkit_host.server.handlers.table import JSON_HANDLERS, TURN_PLANNERS, thread_id_of
from chatkit_host.server.live_thread import LiveThread, LiveThreads
from chatkit_host.server.log import StreamLog, TurnState
from chatkit_host.server.memory_log import MemoryStreamLog
from chatkit_host.server.pending import is_worth_keeping
from chatkit_host.server.policy import TurnPolicy
from chatkit_host.server.results import NonStreamingResult, StreamingResult
from chatkit_host.server.resuming import EventId, resume
from chatkit_host.server.turn_plan import TurnPlan
from chatkit_host.server.turn_work import TurnWork, error_event
from chatkit_host.server.turns import Turn, Turns
from chatkit_host.store import AttachmentStore, Store
from chatkit_host.types import (
    AudioInput,
    FeedbackKind,
    NonStreamingReq,
    SDKHiddenContextItem,
    StreamEvent,
    StreamingReq,
    StreamOptions,
    SyncCustomActionResponse,
    ThreadItem,
    ThreadMetadata,
    TranscriptionResult,
    UserMessageItem,
    WidgetItem,
    is_streaming_req,
)
from chatkit_host.types.codec import decode_request

TContext = TypeVar("TContext", default=Any)


class ChatKitServer(ABC, Generic[TContext]):
    """A ChatKit back end: subclass it, write `respond`, and hand request bodies to `process`.

    Args:
        store: where threads and items are kept.
        attachment_store: where uploads are kept; without one, attachments are refused.
        policy: what leaving and a second message mean; see `TurnPolicy`.
        log: where turns write their events; this process's memory by default.
    """

    def __init__(
        self,
        store: Store[TContext],
        attachment_store: AttachmentStore[TContext] | None = None,
        *,
        policy: TurnPolicy | None = None,
        log: StreamLog | None = None,
    ) -> None:
        self.store = store
        self.attachment_store = attachment_store
        policy = policy or TurnPolicy()
        self.turns = Turns(log or MemoryStreamLog(policy.keep_log), policy)
        self.live_threads = LiveThreads(store)

    def use_policy(self, policy: TurnPolicy) -> None:
        """Take another policy than that of `__init__`; only before the first request."""
        self.turns = Turns(self.turns.log, policy)

    @abstractmethod
    def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: TContext,
    ) -> AsyncIterator[StreamEvent]:
        """Answer: yield events, in the order in which people should see them.

        Args:
            thread: the thread; assign to its fields to change its title, status or metadata.
            input_user_message: the message to answer; none after a client tool's output or a
                structured input.
            context: whatever was given to `process`.
        """

    def action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: TContext,
    ) -> AsyncIterator[StreamEvent]:
        """React to an action of a widget (`sender`) or of the page: yield events.

        Any client may post any action and payload: see `check_action`.
        """
        raise NotImplementedError("Override action() to react to actions.")

    async def sync_action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: TContext,
    ) -> SyncCustomActionResponse:
        """React to an action with one updated item, and no stream."""
        raise NotImplementedError("Override sync_action() to react to sync actions.")

    async def check_action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: TContext,
        *,
        sync: bool,
    ) -> None:
        """Refuse an action before anything begins, by raising a RequestError. Takes all by default.

        Any client may post any action and payload; this is the place to see whether the sender,
        as stored, offers it. `sync` tells which of the two ways it came.
        """

    async def check_user_message(
        self, thread: ThreadMetadata, message: UserMessageItem, context: TContext
    ) -> None:
        """Refuse a message before anything begins, by raising a RequestError. Takes all by default.

        Any client may ask for any model or tool (`message.inference_options`).
        """

    async def settle_thread(
        self, thread: ThreadMetadata, context: TContext
    ) -> Sequence[StreamEvent]:
        """Settle what waits for the user, who writes a message instead. Does nothing by default.

        Called before the message is stored. Store what changes; the events, which must be of
        items that the client may see, are sent before the message's.
        """
        return ()

    async def add_feedback(
        self, thread_id: str, item_ids: list[str], feedback: FeedbackKind, context: TContext
    ) -> None:
        """Take a thumbs up or down for items of a thread, which are there and the context's own.

        By default the store keeps the latest for each item; `store.load_feedback` gives them back.
        """
        await self.store.save_feedback(thread_id, item_ids, feedback, context)

    async def transcribe(self, audio_input: AudioInput, context: TContext) -> TranscriptionResult:
        """Turn dictated audio into the text that is put into the composer."""
        raise NotImplementedError("Override transcribe() to take dictation.")

    def build_thread(self, thread_id: str, context: TContext) -> ThreadMetadata:
        """A new thread, for its first message; override it to give it more than an id and a time.

        What is set here (a title, metadata, the domains that pictures may come from) is in the
        first event already.
        """
        return ThreadMetadata(id=thread_id, created_at=clock.now())

    def get_stream_options(self, thread: ThreadMetadata, context: TContext) -> StreamOptions:
        """Options that the client gets before the answer; by default it may cancel."""
        return StreamOptions(allow_cancel=True)

    async def handle_stream_cancelled(
        self, thread: ThreadMetadata, pending_items: list[ThreadItem], context: TContext
    ) -> None:
        """Save what a cancelled turn leaves behind.

        By default that is the text of messages so far, the calls of tools that have no output yet,
        and a hidden note for the model.

        Args:
            thread: the turn's thread.
            pending_items: items that had begun and not ended, as the client saw them last.
            context: whatever was given to `process`.
        """
        for item in pending_items:
            if is_worth_keeping(item):
                await self.store.add_thread_item(thread.id, item, context=context)
        note = SDKHiddenContextItem(
            id=self.store.generate_item_id("sdk_hidden_context", thread, context),
            thread_id=thread.id,
            created_at=clock.now(),
            content=CANCELLED_NOTE,
        )
        await self.store.add_thread_item(thread.id, note, context=context)

    async def process(
        self, request: str | bytes | bytearray, context: TContext
    ) -> StreamingResult | NonStreamingResult:
        """Take one request of the protocol.

        Returns:
            A reader of the turn's events, or the JSON of the answer.

        Raises:
            RequestError: nothing was done; its message says why, and may be shown.
        """
        decoded = decode_request(request)
        logger.debug("Request %s", decoded.type)
        if is_streaming_req(decoded):
            return await self._begin_turn(decoded, context)
        answer = await self._answer_json(decoded, context)
        finish = self._finish(context)
        return NonStreamingResult(answer if finish is None else finish(answer))

    async def resume_turn(
        self, thread_id: str, context: TContext, *, after: str | None = None
    ) -> StreamingResult | None:
        """Take up the events of a thread's turn again.

        Args:
            thread_id: the thread.
            context: whose thread it must be.
            after: the id of the last event that the client has, as `numbered_batches` gives them.

        Returns:
            The rest of that event's turn, else the running turn from its first event; None when
            nothing was missed and nothing runs.

        Raises:
            NotFoundError: there is no such thread.
        """
        await self.store.load_thread(thread_id, context=context)
        return await resume(self.turns, thread_id, EventId.parse(after), self._finish(context))

    async def cancel_turn(self, thread_id: str, context: TContext) -> bool:
        """Stop a thread's answer, and come back when what there is of it has been saved.

        Returns:
            Whether there was one.

        Raises:
            NotFoundError: there is no such thread.
            ConflictError: the answer is one that may not be stopped.
        """
        await self.store.load_thread(thread_id, context=context)
        running = self.turns.running(thread_id)
        if running is not None and not running.may_be_stopped:
            raise ConflictError("This answer cannot be stopped.")
        return await self.turns.stop(thread_id)

    @asynccontextmanager
    async def changing_thread(
        self, thread_id: str, context: TContext
    ) -> AsyncIterator[ThreadMetadata]:
        """A thread that is changed beside its turns, and saved at the end if it was.

        It is the running turn's own object where there is one, for a turn saves what it has; and
        nobody else changes a copy of it meanwhile, or begins a turn with one.

        Raises:
            NotFoundError: there is no such thread.
        """
        async with self.turns.changing(thread_id):
            live = await self._load_live(thread_id, context)
            with self.live_threads.known(live):
                try:
                    yield live.thread
                finally:
                    await live.save()

    async def _load_live(self, thread_id: str, context: TContext) -> LiveThread[TContext]:
        turn = self.turns.running(thread_id)
        if turn is not None and turn.live is not None:
            await turn.live.refresh(context)
            return turn.live
        stored = await self.store.load_thread(thread_id, context=context)
        return self.live_threads.make(stored, context)

    async def shutdown(self, grace: float = 10.0) -> None:
        """Take no more turns; let those that run end for `grace` seconds, then save and end."""
        await self.turns.drain(grace)

    @property
    def busy(self) -> int:
        """How many turns are running."""
        return len(self.turns)

    async def _answer_json(self, request: NonStreamingReq, context: TContext) -> bytes:
        try:
            return await JSON_HANDLERS[type(request)](self, request.params, context)
        except NotImplementedError as error:
            logger.warning("%s: %s", request.type, error)
            raise InvalidRequestError(f"{request.type} is not supported here.") from error

    async def _begin_turn(self, request: StreamingReq, context: TContext) -> StreamingResult:
        turn = await self._enter_thread(request, context)
        planner = TURN_PLANNERS[type(request)]
        plan = partial(planner, self, turn.thread_id, request.params, context)
        planned: TurnPlan | None = None

        async def work(turn: Turn) -> TurnState:
            try:
                ready = planned or await self._plan_late(turn, plan)
                doing = TurnWork(self, turn, ready, context)
            except Exception as error:
                turn.send(error_event(error))
                return "failed"
            return await doing.run()

        # From the loading of the thread until the turn is known to have it.
        async with self.turns.changing(turn.thread_id):
            try:
                # A queued turn plans when its thread is free, from what it then finds.
                planned = None if turn.queued else await plan()
            except BaseException:
                await self.turns.leave(turn)
                raise
            await self.turns.start(turn, work)
        return StreamingResult(turn, finish=self._finish(context))

    def _finish(self, context: TContext) -> Callable[[bytes], bytes] | None:
        """What is done to JSON on its way to a client: links to files are put in."""
        store = self.attachment_store
        return None if store is None else partial(store.put_links, context=context)

    async def _plan_late(self, turn: Turn, plan: Callable[[], Awaitable[TurnPlan]]) -> TurnPlan:
        async with self.turns.changing(turn.thread_id):
            return await plan()

    async def _enter_thread(self, request: StreamingReq, context: TContext) -> Turn:
        thread_id = thread_id_of(request)
        if thread_id is None:
            return await self.turns.enter(self.store.generate_thread_id(context))
        await self.store.load_thread(thread_id, context=context)  # whose is it, and is it there?
        return await self.turns.enter(thread_id)
