"""Replies in the shapes of the Responses API."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from tests.model_server.script import Break, Call, Die, Hang, Hosted, Part, Refuse, Say, Think

Event = dict[str, Any]
USAGE = {
    "input_tokens": 7,
    "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
    "output_tokens": 5,
    "output_tokens_details": {"reasoning_tokens": 0},
    "total_tokens": 12,
}


def whole_response(body: dict[str, Any], parts: Sequence[Part]) -> Event:
    """The answer to a request that does not stream."""
    items = [done for part in parts for _, done in [item_of(part)] if done]
    return _response(body, "completed", items)


def stream_events(body: dict[str, Any], parts: Sequence[Part]) -> Iterator[Event | Die | Hang]:
    """The stream's events in order; `Die` and `Hang` stand where they happen."""
    numbers = itertools.count()
    response = _response(body, "in_progress", [])
    done_items: list[Event] = []
    for name in ("response.created", "response.in_progress"):
        yield {"type": name, "response": response, "sequence_number": next(numbers)}
    for part in parts:
        if isinstance(part, Die | Hang):
            yield part
            continue
        if isinstance(part, Break):
            yield {**_broken(response, part), "sequence_number": next(numbers)}
            return
        for event in _part_events(part, len(done_items)):
            if isinstance(event, dict):
                event["sequence_number"] = next(numbers)
                if event["type"] == "response.output_item.done":
                    done_items.append(event["item"])
            yield event
    final = {**response, "status": "completed", "output": done_items, "usage": USAGE}
    yield {"type": "response.completed", "response": final, "sequence_number": next(numbers)}


def _broken(response: Event, part: Break) -> Event:
    """The last event of a response that the server gives up, or that has become too long."""
    if part.code in ("max_output_tokens", "content_filter"):
        why = {"status": "incomplete", "incomplete_details": {"reason": part.code}}
        return {"type": "response.incomplete", "response": {**response, **why}}
    why = {"status": "failed", "error": {"code": part.code, "message": part.message}}
    return {"type": "response.failed", "response": {**response, **why}}


def item_of(part: Part) -> tuple[Event, Event]:
    """A part's output item as it is announced, and as it is when done."""
    match part:
        case Say():
            content = {"type": "output_text", "text": part.text, "annotations": [*part.citations]}
            return _message(content)
        case Refuse():
            return _message({"type": "refusal", "refusal": part.text})
        case Think():
            item = {"id": f"rs_{uuid.uuid4().hex}", "type": "reasoning", "summary": []}
            kind, field = ("reasoning_text", "content") if part.raw else ("summary_text", "summary")
            return item, {**item, field: [{"type": kind, "text": text} for text in part.parts]}
        case Call():
            item = {
                "id": f"fc_{uuid.uuid4().hex}",
                "type": "function_call",
                "call_id": part.call_id,
                "name": part.name,
                "arguments": "",
                "status": "in_progress",
            }
            return item, {**item, "arguments": part.arguments, "status": "completed"}
        case Hosted():
            return part.added, part.done
        case _:
            return {}, {}


def _message(content: Event) -> tuple[Event, Event]:
    item: Event = {"id": f"msg_{uuid.uuid4().hex}", "type": "message", "role": "assistant"}
    if content["type"] == "output_text":
        content["logprobs"] = []
    added = {**item, "status": "in_progress", "content": []}
    return added, {**item, "status": "completed", "content": [content]}


def _part_events(part: Part, index: int) -> Iterator[Event]:
    added, done = item_of(part)
    where = {"item_id": added["id"], "output_index": index}
    yield {"type": "response.output_item.added", "output_index": index, "item": added}
    match part:
        case Say():
            yield from _text_events(part, where, done["content"][0])
        case Refuse():
            yield from _refusal_events(part, where)
        case Think():
            yield from _reasoning_events(part, where)
        case Call():
            yield from _call_events(part, where)
        case Hosted():
            for name, fields in part.events:
                yield {"type": f"response.{name}", **where, **fields}
    yield {"type": "response.output_item.done", "output_index": index, "item": done}


def _text_events(part: Say, where: Event, whole: Event) -> Iterator[Event]:
    at = {**where, "content_index": 0}
    empty = {"type": "output_text", "text": "", "annotations": [], "logprobs": []}
    yield {"type": "response.content_part.added", **at, "part": empty}
    for delta in part.deltas:
        yield {"type": "response.output_text.delta", **at, "delta": delta, "logprobs": []}
    for number, citation in enumerate(part.citations):
        yield {
            "type": "response.output_text.annotation.added",
            **at,
            "annotation_index": number,
            "annotation": citation,
        }
    yield {"type": "response.output_text.done", **at, "text": part.text, "logprobs": []}
    yield {"type": "response.content_part.done", **at, "part": whole}


def _refusal_events(part: Refuse, where: Event) -> Iterator[Event]:
    at = {**where, "content_index": 0}
    yield {"type": "response.content_part.added", **at, "part": {"type": "refusal", "refusal": ""}}
    for delta in halves(part.text):
        yield {"type": "response.refusal.delta", **at, "delta": delta}
    yield {"type": "response.refusal.done", **at, "refusal": part.text}
    whole = {"type": "refusal", "refusal": part.text}
    yield {"type": "response.content_part.done", **at, "part": whole}


def _reasoning_events(part: Think, where: Event) -> Iterator[Event]:
    for number, text in enumerate(part.parts):
        yield from _raw_events(text, where, number) if part.raw else _summary(text, where, number)


def _summary(text: str, where: Event, number: int) -> Iterator[Event]:
    at = {**where, "summary_index": number}
    name = "response.reasoning_summary"
    yield {"type": f"{name}_part.added", **at, "part": {"type": "summary_text", "text": ""}}
    for delta in halves(text):
        yield {"type": f"{name}_text.delta", **at, "delta": delta}
    yield {"type": f"{name}_text.done", **at, "text": text}
    yield {"type": f"{name}_part.done", **at, "part": {"type": "summary_text", "text": text}}


def _raw_events(text: str, where: Event, number: int) -> Iterator[Event]:
    at = {**where, "content_index": number}
    part = {"type": "reasoning_text", "text": ""}
    yield {"type": "response.content_part.added", **at, "part": part}
    for delta in halves(text):
        yield {"type": "response.reasoning_text.delta", **at, "delta": delta}
    yield {"type": "response.reasoning_text.done", **at, "text": text}
    yield {"type": "response.content_part.done", **at, "part": {**part, "text": text}}


def _call_events(part: Call, where: Event) -> Iterator[Event]:
    name = "response.function_call_arguments"
    for delta in halves(part.arguments):
        yield {"type": f"{name}.delta", **where, "delta": delta}
    yield {"type": f"{name}.done", **where, "name": part.name, "arguments": part.arguments}


def halves(text: str) -> list[str]:
    """The text in two pieces."""
    middle = len(text) // 2
    return [text[:middle], text[middle:]]


def _response(body: dict[str, Any], status: str, output: list[Event]) -> Event:
    return {
        "id": f"resp_{uuid.uuid4().hex}",
        "object": "response",
        "created_at": 1_700_000_000,
        "status": status,
        "error": None,
        "incomplete_details": None,
        "instructions": body.get("instructions"),
        "metadata": {},
        "model": body["model"],
        "output": output,
        "parallel_tool_calls": True,
        "temperature": 1.0,
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
        "usage": USAGE if status == "completed" else None,
    }
