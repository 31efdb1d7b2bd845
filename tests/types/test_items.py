"""Items: their times, and what no client may see."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter

from chatkit_host import types
from chatkit_host.types import HIDDEN_ITEM_TYPES, ThreadItem, is_hidden

ADAPTER: TypeAdapter[ThreadItem] = TypeAdapter(ThreadItem)


def end_of_turn(created_at: str | datetime) -> types.EndOfTurnItem:
    given = {"id": "e", "thread_id": "t", "created_at": created_at}
    return types.EndOfTurnItem.model_validate(given)


def test_a_naive_time_is_taken_as_local_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        item = end_of_turn(datetime(2024, 7, 1, 12, 0))  # noqa: DTZ001 - people's own code
        assert item.created_at == datetime(2024, 7, 1, 16, 0, tzinfo=UTC)
        assert '"created_at":"2024-07-01T16:00:00Z"' in item.model_dump_json()
    finally:
        monkeypatch.undo()
        time.tzset()


def test_every_time_is_in_utc() -> None:
    item = end_of_turn("2024-07-01T12:00:00+02:00")
    assert item.created_at.tzinfo is UTC
    assert item.created_at.hour == 10


TOKENS = ("input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens")


def test_what_is_hidden() -> None:
    hidden: dict[str, dict[str, object]] = {
        "hidden_context_item": {"content": "x"},
        "sdk_hidden_context": {"content": "x"},
        "tool_call": {"call_id": "c", "name": "n", "arguments": "{}"},
        "widget_data": {"widget": "w", "data": {}},
        "approval": {"agent": "a", "state": "{}", "questions": [], "open_calls": []},
        "usage": {"agent": "a", "requests": 1, **dict.fromkeys(TOKENS, 0)},
    }
    base = {"id": "i", "thread_id": "t", "created_at": "2024-07-01T12:00:00Z"}
    items = [ADAPTER.validate_python({"type": k, **base, **more}) for k, more in hidden.items()]
    assert all(is_hidden(item) for item in items)
    assert {type(item) for item in items} == set(HIDDEN_ITEM_TYPES)
    assert not is_hidden(end_of_turn("2024-07-01T12:00:00Z"))


def test_the_face_names_what_there_is() -> None:
    assert all(hasattr(types, name) for name in types.__all__)
