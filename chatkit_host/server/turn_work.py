"""The work of a turn: opening, stream options, the answer, and what is saved at the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

from chatkit_host.errors import CustomStreamError, ErrorCode, RequestError, StreamError
from chatkit_host.ids import new_id
from chatkit_host.logger import logger
from chatkit_host.server.constants import DEFAULT_ERROR_MESSAGE
from chatkit_host.server.log import TurnState
from chatkit_host.server.pending import is_worth_keeping
from chatkit_host.server.recorder import Recorder
from chatkit_host.server.turn_plan import TurnPlan
from chatkit_host.server.turns import Turn
from chatkit_host.server.uninterrupted import uninterrupted
from chatkit_host.types import AssistantMessageItem, ErrorEvent, StreamEvent, StreamOptionsEvent

if TYPE_CHECKING:
    from chatkit_host.server.chatkit_server import ChatKitServer

TContext = TypeVar("TContext")

FAIR_SHARE = 64
"""Events after which a turn that never waits lets the others have the loop."""


class TurnWork(Generic[TContext]):
    """Runs one plan, and sends what the client may see to its turn."""

    def __init__(
        self, server: ChatKitServer[TContext], turn: Turn, plan: TurnPlan, context: TContext
    ) -> None:
        self._server = server
        self._turn = turn
        self._plan = plan
        self._context = context
        self._live = server.live_threads.make(plan.thread, context)
        self._recorder = Recorder(server.store, self._live, context, turn.send)

    async def run(self) -> TurnState:
        """The whole turn; a failure becomes an error event, a cancelling saves what there is."""
        self._turn.live = self._live
        with self._server.live_threads.known(self._live):
            return await self._run()

    async def _run(self) -> TurnState:
        try:
            await self._open()
            await self._answer()
        except asyncio.CancelledError:
            await uninterrupted(self._save_cancelled())
            raise
        except Exception as error:
            # What failed may be the store itself: the client hears of it in any case.
            await self._tried(uninterrupted(self._save_pending(broken_off=True)))
            self._turn.send(error_event(error))
            await self._tried(self._recorder.save_thread())
            return "failed"
        return "done"

    async def _open(self) -> None:
        await uninterrupted(self._store_opening())
        options = self._server.get_stream_options(self._plan.thread, self._context)
        if not options.allow_cancel:
            # Who may not stop an answer does not stop it by leaving either.
            self._turn.cancel_when_left = False
            self._turn.may_be_stopped = False
        self._turn.send(StreamOptionsEvent(stream_options=options))
        await asyncio.sleep(0)  # the response starts before the work does

    async def _store_opening(self) -> None:
        for event in await self._plan.opening():
            self._turn.send(event)

    async def _answer(self) -> None:
        record, since_rest = self._recorder.record, 0
        async with closing(self._plan.answer()) as answer:
            async for event in answer:
                storing = record(event)
                if storing is not None:
                    await storing
                since_rest += 1
                if since_rest == FAIR_SHARE:
                    since_rest = 0
                    await asyncio.sleep(0)
        if self._recorder.pending:
            await uninterrupted(self._save_pending())
        await self._recorder.save_thread()

    async def _save_pending(self, *, broken_off: bool = False) -> None:
        """Keep messages that began and never came to their end; of a broken turn, calls as well."""
        for item in self._recorder.pending.take():
            if is_worth_keeping(item) and (broken_off or isinstance(item, AssistantMessageItem)):
                await self._server.store.add_thread_item(
                    self._plan.thread.id, item, context=self._context
                )

    async def _tried(self, saving: Awaitable[None]) -> None:
        try:
            await saving
        except Exception:
            logger.exception("Could not save what the failed turn %s had", self._turn.id)

    async def _save_cancelled(self) -> None:
        if self._turn.deleted:
            return
        try:
            await self._server.handle_stream_cancelled(
                self._plan.thread, self._recorder.pending.take(), self._context
            )
            await self._recorder.save_thread()
        except Exception:
            logger.exception("Could not save what the cancelled turn %s had", self._turn.id)


def error_event(error: Exception) -> ErrorEvent:
    """What the client hears of an error: its own text if it was made for people, else an id."""
    match error:
        case CustomStreamError():
            return ErrorEvent(message=error.message, allow_retry=error.allow_retry)
        case StreamError():
            return ErrorEvent(code=error.code, allow_retry=error.allow_retry)
        case RequestError():
            return ErrorEvent(message=str(error))
        case _:
            error_id = new_id("err")
            logger.error("Turn failed (%s)", error_id, exc_info=error)
            return ErrorEvent(
                code=ErrorCode.STREAM_ERROR,
                message=f"{DEFAULT_ERROR_MESSAGE} ({error_id})",
                allow_retry=True,
            )


@asynccontextmanager
async def closing(events: AsyncIterator[StreamEvent]) -> AsyncIterator[AsyncIterator[StreamEvent]]:
    """Close a generator here and not when it is collected: its `finally` is part of the turn."""
    try:
        yield events
    finally:
        if isinstance(events, AsyncGenerator):
            await events.aclose()
