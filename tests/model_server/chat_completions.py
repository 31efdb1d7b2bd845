"""Replies in the shapes of the Chat Completions API."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from tests.model_server.responses_api import halves
from tests.model_server.script import Break, Call, Die, Hang, Part, Refuse, Say, Think

Chunk = dict[str, Any]
USAGE = {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}


def whole_completion(body: dict[str, Any], parts: Sequence[Part]) -> Chunk:
    """The answer to a request that does not stream."""
    message: Chunk = {"role": "assistant", "content": None, "refusal": None}
    calls = []
    for part in parts:
        match part:
            case Say():
                message["content"] = (message["content"] or "") + part.text
            case Refuse():
                message["refusal"] = part.text
            case Call():
                calls.append(_whole_call(part))
    if calls:
        message["tool_calls"] = calls
    choice = {"index": 0, "message": message, "finish_reason": _reason(parts), "logprobs": None}
    return {**_envelope(body, "chat.completion"), "choices": [choice], "usage": USAGE}


def stream_chunks(body: dict[str, Any], parts: Sequence[Part]) -> Iterator[Chunk | Die | Hang]:
    """The stream's chunks in order; usage only when asked for, as the real server has it."""
    envelope = _envelope(body, "chat.completion.chunk")
    calls = 0
    yield _chunk(envelope, {"role": "assistant", "content": "", "refusal": None})
    for part in parts:
        if isinstance(part, Die | Hang):
            yield part
            continue
        if isinstance(part, Break):
            yield {"error": {"code": part.code, "message": part.message}}
            return
        for delta in _deltas(part, calls):
            yield _chunk(envelope, delta)
        calls += isinstance(part, Call)
    yield _chunk(envelope, {}, _reason(parts))
    if (body.get("stream_options") or {}).get("include_usage"):
        yield {**envelope, "choices": [], "usage": USAGE}


def _deltas(part: Part, call_index: int) -> Iterator[Chunk]:
    match part:
        case Say():
            yield from ({"content": delta} for delta in part.deltas)
            if part.citations:
                yield {"annotations": [_url_citation(c) for c in part.citations]}
        case Refuse():
            yield from ({"refusal": delta} for delta in halves(part.text))
        case Think():
            yield from ({part.field: delta} for delta in halves("".join(part.parts)))
        case Call():
            yield from _call_deltas(part, call_index)


def _call_deltas(part: Call, index: int) -> Iterator[Chunk]:
    function = {"name": part.name, "arguments": ""}
    start = {"index": index, "id": part.call_id, "type": "function", "function": function}
    yield {"tool_calls": [start]}
    for delta in halves(part.arguments):
        yield {"tool_calls": [{"index": index, "function": {"arguments": delta}}]}


def _whole_call(part: Call) -> Chunk:
    function = {"name": part.name, "arguments": part.arguments}
    return {"id": part.call_id, "type": "function", "function": function}


def _url_citation(citation: dict[str, Any]) -> Chunk:
    return {
        "type": "url_citation",
        "url_citation": {k: v for k, v in citation.items() if k != "type"},
    }


def _reason(parts: Sequence[Part]) -> str:
    return "tool_calls" if any(isinstance(part, Call) for part in parts) else "stop"


def _chunk(envelope: Chunk, delta: Chunk, finish_reason: str | None = None) -> Chunk:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason, "logprobs": None}
    return {**envelope, "choices": [choice]}


def _envelope(body: dict[str, Any], kind: str) -> Chunk:
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": kind,
        "created": 1_700_000_000,
        "model": body["model"],
    }
