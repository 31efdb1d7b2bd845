"""Answers to a structured input: they settle the item, and the answer goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from chatkit_host.errors import InvalidRequestError
from chatkit_host.logger import logger
from chatkit_host.server.turn_plan import TurnPlan
from chatkit_host.server.turn_work import closing
from chatkit_host.types import (
    StreamEvent,
    StructuredInput,
    StructuredInputAnswer,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputSubmission,
    ThreadAddStructuredInputParams,
    ThreadItemReplacedEvent,
)

if TYPE_CHECKING:
    from chatkit_host.server.chatkit_server import ChatKitServer


async def add_answers(
    server: ChatKitServer[Any], thread_id: str, params: ThreadAddStructuredInputParams, context: Any
) -> TurnPlan:
    """Settle a pending structured input, and answer."""
    thread = await server.store.load_thread(thread_id, context=context)
    item = await server.store.load_item(thread_id, params.item_id, context=context)
    if not isinstance(item, StructuredInputItem):
        raise InvalidRequestError(f"params.item_id: {item.id} is not a structured input")
    if item.status != "pending":
        raise InvalidRequestError(f"params.item_id: {item.id} is {item.status} already")
    settled = settle(item, params.input)

    async def answer() -> AsyncIterator[StreamEvent]:
        yield ThreadItemReplacedEvent(item=settled)
        async with closing(server.respond(thread, None, context)) as events:
            async for event in events:
                yield event

    return TurnPlan(thread, answer)


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
