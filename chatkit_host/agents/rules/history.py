"""Where a conversation stands, read from the model's input alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chatkit_host.agents.wording import users_own


@dataclass(frozen=True)
class DoneCall:
    """A call that has its output."""

    name: str
    output: Any


@dataclass(frozen=True)
class Standing:
    """What the user wants, and what was called since."""

    text: str
    calls: Sequence[DoneCall]


def read_standing(given: str | Sequence[Any]) -> Standing:
    """The newest request in a model's input, and the calls that came after it."""
    if isinstance(given, str):
        return Standing(given, ())
    for place in range(len(given) - 1, -1, -1):
        text = _request(given[place])
        if text is not None:
            return Standing(text, _done_calls(given[place + 1 :]))
    return Standing("", _done_calls(given))


def is_request(item: Any) -> bool:
    """Whether an item of a model's input is what the user wants, not what was shown or quoted."""
    return _request(item) is not None


def _request(item: Any) -> str | None:
    if item.get("role") != "user":
        return None
    content = item.get("content")
    if not isinstance(content, str):
        parts = [part for part in content or () if part.get("type") == "input_text"]
        content = "".join(part["text"] for part in parts)
    return users_own(content)


def _done_calls(items: Sequence[Any]) -> list[DoneCall]:
    outputs = {
        item["call_id"]: item["output"]
        for item in items
        if item.get("type") == "function_call_output"
    }
    return [
        DoneCall(item["name"], _value(outputs[item["call_id"]]))
        for item in items
        if item.get("type") == "function_call" and item["call_id"] in outputs
    ]


def _value(output: Any) -> Any:
    """The output as a value: tools give JSON, unless they give text."""
    if not isinstance(output, str):
        output = "\n".join(part.get("text", "") for part in output)
    try:
        return json.loads(output)
    except ValueError:
        return output
