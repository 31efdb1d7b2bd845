"""Answers to a structured input: they settle the item, and the answer goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import TYPE_CHECKING, Any

from chatkit_host import clock
from chatkit_host.errors import ConflictError, InvalidRequestError
from chatkit_host.logger import logger
from chatkit_host.server.constants import LATE_ANSWERS, MAX_PAGE_SIZE
from chatkit_host.server.handlers.client_tools import close_waiting_calls
from chatkit_host.server.thread_status import require_active
from chatkit_host.server.turn_plan import TurnPlan
from chatkit_host.server.turn_work import closing
from chatkit_host.types import (
    SDKHiddenContextItem,
    StreamEvent,
    StructuredInput,
    StructuredInputAnswer,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputSubmission,
    ThreadAddStructuredInputParams,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadMetadata,
    UserMessageItem,
)

if TYPE_CHECKING:
    from chatkit_host.server.chatkit_server import ChatKitServer


async def add_answers(
    server: ChatKitServer[Any], thread_id: str, params: ThreadAddStructuredInputParams, context: Any
) -> TurnPlan:
    """Settle a pending structured input, and answer."""
    thread = await server.store.load_thread(thread_id, context=context)
    require_active(thread)
    item = await server.store.load_item(thread_id, params.item_id, context=context)
    if not isinstance(item, StructuredInputItem):
        raise InvalidRequestError(f"params.item_id: {item.id} is not a structured input")
    if item.status != "pending":
        raise ConflictError(f"params.item_id: {item.id} is {item.status} already")
    settled = settle(item, params.input)

    async def answer() -> AsyncIterator[StreamEvent]:
        yield ThreadItemReplacedEvent(item=settled)
        if await _comes_late(server, settled, context):
            yield ThreadItemDoneEvent(item=_late_note(server, thread, context))
        async with closing(server.respond(thread, None, context)) as events:
            async for event in events:
                yield event

    return TurnPlan(thread, answer, partial(close_waiting_calls, server, thread_id, context))


async def _comes_late(server: ChatKitServer[Any], item: StructuredInputItem, context: Any) -> bool:
    """Whether the user has spoken since the questions were put."""
    page = await server.store.load_thread_items(
        item.thread_id, item.id, MAX_PAGE_SIZE, "asc", context=context
    )
    return any(isinstance(later, UserMessageItem) for later in page.data)


def _late_note(
    server: ChatKitServer[Any], thread: ThreadMetadata, context: Any
) -> SDKHiddenContextItem:
    return SDKHiddenContextItem(
        id=server.store.generate_item_id("sdk_hidden_context", thread, context),
        thread_id=thread.id,
        created_at=clock.now(),
        content=LATE_ANSWERS,
    )


def settle(item: StructuredInputItem, submission: StructuredInputSubmission) -> StructuredInputItem:
    """The item with its answers; what was not answered counts as skipped."""
    settled = item.model_copy(deep=True)
    unknown = set(submission.answers) - {question.id for question in settled.inputs}
    if unknown:
        logger.warning("%s: answers to unknown questions %s", item.id, sorted(unknown))
    for question in settled.inputs:
        question.answer = _answer(question, submission)
    settled.status = submission.status
    return settled


def _answer(
    question: StructuredInput, submission: StructuredInputSubmission
) -> StructuredInputAnswer:
    given = submission.answers.get(question.id)
    if submission.status == "skipped" or given is None or given.skipped or not given.values:
        return StructuredInputAnswer(skipped=True)
    single = isinstance(question, StructuredInputMultipleChoice) and not question.multiple
    return StructuredInputAnswer(values=given.values[:1] if single else given.values)
