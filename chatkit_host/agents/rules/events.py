"""The rules model's answers as events of the Responses API."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from itertools import count

from agents.items import TResponseStreamEvent
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseContentPartAddedEvent,
    ResponseContentPartDoneEvent,
    ResponseCreatedEvent,
    ResponseFunctionCallArgumentsDeltaEvent,
    ResponseFunctionCallArgumentsDoneEvent,
    ResponseFunctionToolCall,
    ResponseOutputItem,
    ResponseOutputItemAddedEvent,
    ResponseOutputItemDoneEvent,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseTextDeltaEvent,
    ResponseTextDoneEvent,
)

from chatkit_host.agents.rules.play import Called, Spoken
from chatkit_host.ids import new_id

_WORDS = re.compile(r"\S+\s*|\s+")


def output_item(act: Spoken | Called) -> ResponseOutputMessage | ResponseFunctionToolCall:
    """What was said or called, as a finished item of the output."""
    if isinstance(act, Called):
        return ResponseFunctionToolCall(
            type="function_call",
            id=new_id("fc"),
            call_id=new_id("call"),
            name=act.name,
            arguments=act.arguments,
            status="completed",
        )
    return ResponseOutputMessage(
        type="message",
        id=new_id("msg"),
        role="assistant",
        status="completed",
        content=[_text(act.text)],
    )


def response_events(acts: Sequence[Spoken | Called]) -> Iterator[TResponseStreamEvent]:
    """The whole stream, one delta for each word."""
    numbers = count()
    response = _response([])
    items = [output_item(act) for act in acts]
    yield ResponseCreatedEvent(
        type="response.created", response=response, sequence_number=next(numbers)
    )
    for place, item in enumerate(items):
        yield from _item_events(item, place, numbers)
    yield ResponseCompletedEvent(
        type="response.completed",
        response=response.model_copy(update={"status": "completed", "output": items}),
        sequence_number=next(numbers),
    )


def _item_events(
    item: ResponseOutputMessage | ResponseFunctionToolCall, place: int, numbers: count[int]
) -> Iterator[TResponseStreamEvent]:
    is_call = isinstance(item, ResponseFunctionToolCall)
    empty: dict[str, object] = {"arguments": ""} if is_call else {"content": []}
    yield ResponseOutputItemAddedEvent(
        type="response.output_item.added",
        item=item.model_copy(update={**empty, "status": "in_progress"}),
        output_index=place,
        sequence_number=next(numbers),
    )
    if isinstance(item, ResponseFunctionToolCall):
        yield from _call_events(item, place, numbers)
    else:
        yield from _text_events(item, place, numbers)
    yield ResponseOutputItemDoneEvent(
        type="response.output_item.done",
        item=item,
        output_index=place,
        sequence_number=next(numbers),
    )


def _text_events(
    item: ResponseOutputMessage, place: int, numbers: count[int]
) -> Iterator[TResponseStreamEvent]:
    part = item.content[0]
    assert isinstance(part, ResponseOutputText)
    yield ResponseContentPartAddedEvent(
        type="response.content_part.added",
        item_id=item.id,
        output_index=place,
        content_index=0,
        part=_text(""),
        sequence_number=next(numbers),
    )
    for word in _WORDS.findall(part.text):
        yield ResponseTextDeltaEvent(
            type="response.output_text.delta",
            item_id=item.id,
            output_index=place,
            content_index=0,
            delta=word,
            logprobs=[],
            sequence_number=next(numbers),
        )
    yield ResponseTextDoneEvent(
        type="response.output_text.done",
        item_id=item.id,
        output_index=place,
        content_index=0,
        text=part.text,
        logprobs=[],
        sequence_number=next(numbers),
    )
    yield ResponseContentPartDoneEvent(
        type="response.content_part.done",
        item_id=item.id,
        output_index=place,
        content_index=0,
        part=part,
        sequence_number=next(numbers),
    )


def _call_events(
    item: ResponseFunctionToolCall, place: int, numbers: count[int]
) -> Iterator[TResponseStreamEvent]:
    yield ResponseFunctionCallArgumentsDeltaEvent(
        type="response.function_call_arguments.delta",
        item_id=item.id or "",
        output_index=place,
        delta=item.arguments,
        sequence_number=next(numbers),
    )
    yield ResponseFunctionCallArgumentsDoneEvent(
        type="response.function_call_arguments.done",
        item_id=item.id or "",
        output_index=place,
        name=item.name,
        arguments=item.arguments,
        sequence_number=next(numbers),
    )


def _text(text: str) -> ResponseOutputText:
    return ResponseOutputText(type="output_text", text=text, annotations=[], logprobs=[])


def _response(output: list[ResponseOutputItem]) -> Response:
    return Response(
        id=new_id("resp"),
        object="response",
        created_at=time.time(),
        status="in_progress",
        model="rules",
        output=output,
        parallel_tool_calls=False,
        tool_choice="auto",
        tools=[],
    )
