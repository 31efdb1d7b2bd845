"""The same requests through this server and through `openai-chatkit`, event for event."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any, get_args

import pytest

from chatkit_host import types
from chatkit_host.errors import (
    ConflictError,
    InvalidRequestError,
    NotFoundError,
    ThreadInactiveError,
)
from chatkit_host.server.constants import UNANSWERED_CALL
from tests.oracle.annotations import alternatives
from tests.server.scripted import Talk

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import chatkit.server
    import chatkit.widgets  # noqa: F401

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:chatkit")


async def both(*requests: tuple[str, dict[str, Any]]) -> tuple[list[Any], list[Any]]:
    """What each side answers to all requests, in order."""
    answers = []
    for side in ("chatkit_host", "chatkit"):
        talk = Talk(side)
        answers.append([await talk.send(kind, **params) for kind, params in requests])
    return answers[0], answers[1]


def message(word: str) -> dict[str, Any]:
    return {
        "content": [{"type": "input_text", "text": word}],
        "attachments": [],
        "quoted_text": "as you said",
        "inference_options": {"model": "m", "tool_choice": {"id": "t"}},
    }


def create(word: str) -> tuple[str, dict[str, Any]]:
    return "threads.create", {"input": message(word)}


def add(word: str) -> tuple[str, dict[str, Any]]:
    return "threads.add_user_message", {"thread_id": "thr_1", "input": message(word)}


GET = ("threads.get_by_id", {"thread_id": "thr_1"})


@pytest.mark.parametrize(
    "word",
    [
        *("echo", "stream", "custom_error", "stream_error", "widget", "ask", "workflow"),
    ],
)
async def test_a_turn_is_the_same_event_for_event(word: str) -> None:
    ours, theirs = await both(create(word), add(word), GET)
    assert ours == theirs


async def test_a_turn_that_locks_its_thread_is_the_same_event_for_event() -> None:
    ours, theirs = await both(create("title"), GET)
    assert ours == theirs


async def test_a_message_to_a_locked_thread_is_refused_which_the_reference_answers() -> None:
    answers: list[Any] = []
    for side in ("chatkit_host", "chatkit"):
        talk = Talk(side)
        await talk.say("title")
        try:
            answers.append(await talk.say("echo", "thr_1"))
        except ThreadInactiveError as error:
            answers.append(str(error))
    assert answers[0] == "This thread is locked, and takes no messages. The reason: busy"
    assert answers[1][-1]["item"]["content"][0]["text"].startswith("Hello")


async def test_a_call_that_the_page_never_answers_is_the_same_up_to_the_next_message() -> None:
    ours, theirs = await both(create("client_tool"), GET)
    assert ours == theirs


async def test_the_next_message_closes_a_pending_call_which_the_reference_leaves_pending() -> None:
    """A fault: pending client tool calls are never cleaned, and no model hears of them."""
    ours, theirs = await both(create("client_tool"), add("echo"), GET)
    closed = ours[1].pop(0)
    assert closed["type"] == "thread.item.replaced"
    assert (closed["item"]["status"], closed["item"]["output"]) == ("completed", UNANSWERED_CALL)
    statuses = [
        [i["status"] for i in side[-1][0]["items"]["data"] if i["type"] == "client_tool_call"]
        for side in (ours, theirs)
    ]
    assert statuses == [["completed"], ["pending"]]
    assert ours[1] == theirs[1]


async def test_older_pending_calls_are_closed_and_not_deleted_with_an_output() -> None:
    """A fault: of several pending calls, the reference deletes those among the newest 20 items."""
    counts = []
    for side in ("chatkit_host", "chatkit"):
        talk = Talk(side)
        await talk.say("client_tool")
        for _ in range(30):
            await talk.send_raw("echo")
        await talk.send_raw("client_tool")
        await talk.send("threads.add_client_tool_output", thread_id="thr_1", result="x")
        rows = talk.server.store.items["thr_1"]
        calls = [row for row in rows if row.type == "client_tool_call"]
        counts.append([(call.status, call.output) for call in calls])
    assert counts[0] == [("completed", UNANSWERED_CALL), ("completed", "x")]
    assert counts[1] == [("pending", None), ("completed", "x")]


async def test_a_turn_with_hidden_items_is_the_same_event_for_event() -> None:
    ours, theirs = await both(create("hidden"), GET)
    assert ours == theirs


async def test_a_crash_differs_only_in_saying_an_id_that_the_log_has_too() -> None:
    """The reference says nothing that a person could tell a support team."""
    ours, theirs = await both(create("crash"))
    assert "err_" in ours[0][-1].pop("message")
    assert ours == theirs


async def test_a_retry_is_the_same() -> None:
    ours, theirs = await both(
        create("echo"),
        add("hidden"),
        ("threads.retry_after_item", {"thread_id": "thr_1", "item_id": "message_2"}),
        GET,
    )
    assert ours == theirs


async def test_a_client_tool_output_is_the_same() -> None:
    ours, theirs = await both(
        create("client_tool"),
        ("threads.add_client_tool_output", {"thread_id": "thr_1", "result": {"seen": [1, None]}}),
        GET,
    )
    assert ours == theirs


@pytest.mark.parametrize(
    "submission",
    [
        {"answers": {"q1": {"values": ["a", "b"]}, "q2": {"values": ["so"]}}},
        {"answers": {"q1": {"values": []}, "q2": {"skipped": True}}},
        {"status": "skipped", "answers": {}},
    ],
)
async def test_structured_input_is_the_same(submission: dict[str, Any]) -> None:
    ours, theirs = await both(
        create("ask"),
        (
            "threads.add_structured_input",
            {"thread_id": "thr_1", "item_id": "message_3", "input": submission},
        ),
        GET,
    )
    assert ours == theirs


@pytest.mark.parametrize("kind", ["threads.custom_action", "threads.sync_custom_action"])
@pytest.mark.parametrize("item_id", ["message_3", None])
async def test_an_action_is_the_same(kind: str, item_id: str | None) -> None:
    action = {"type": "go", "payload": {"n": 1}}
    ours, theirs = await both(
        create("widget"), (kind, {"thread_id": "thr_1", "item_id": item_id, "action": action})
    )
    assert ours == theirs


async def test_json_operations_are_the_same() -> None:
    ours, theirs = await both(
        create("echo"),
        create("title"),
        ("threads.list", {}),
        ("threads.list", {"limit": 1, "order": "asc"}),
        ("threads.update", {"thread_id": "thr_1", "title": "Mine"}),
        ("items.list", {"thread_id": "thr_1", "limit": 1}),
        ("items.list", {"thread_id": "thr_1", "order": "asc", "after": "message_2"}),
        ("items.feedback", {"thread_id": "thr_1", "item_ids": ["message_3"], "kind": "positive"}),
        ("attachments.create", {"name": "a.txt", "size": 3, "mime_type": "text/plain"}),
        ("attachments.delete", {"attachment_id": "atc_1"}),
        ("input.transcribe", {"audio_base64": "AAEC", "mime_type": "audio/webm;codecs=opus"}),
        ("threads.delete", {"thread_id": "thr_1"}),
        ("threads.list", {}),
    )
    assert ours == theirs


async def test_an_uploaded_attachment_comes_with_its_message() -> None:
    with_file = {**message("echo"), "attachments": ["atc_1"]}
    ours, theirs = await both(
        ("attachments.create", {"name": "a.txt", "size": 3, "mime_type": "text/plain"}),
        ("threads.create", {"input": with_file}),
        GET,
    )
    assert ours == theirs


async def outcome(side: str, word: str, operation: str, **params: Any) -> Any:
    """What comes of an operation after a word: the error that is raised, or what is answered."""
    talk = Talk(side)
    await talk.say(word)
    try:
        return await talk.send(operation, thread_id="thr_1", **params)
    except Exception as error:
        return error


@pytest.mark.parametrize(
    ("word", "operation", "params", "ours", "theirs"),
    [
        # A fault: the reference answers 200 and then breaks off, or says nothing at all.
        ("echo", "threads.add_client_tool_output", {"result": 1}, ConflictError, ValueError),
        (
            *("echo", "threads.add_structured_input"),
            *({"item_id": "message_2", "input": {}}, InvalidRequestError, ValueError),
        ),
        ("echo", "threads.retry_after_item", {"item_id": "none"}, NotFoundError, list),
        (
            *("echo", "threads.retry_after_item", {"item_id": "message_3"}),
            *(InvalidRequestError, ValueError),
        ),
        # A fault: it takes feedback for what is not there.
        ("echo", "items.feedback", {"item_ids": ["x"], "kind": "positive"}, NotFoundError, list),
    ],
)
async def test_what_cannot_be_done_is_refused_where_the_reference_breaks_off_or_is_silent(
    word: str, operation: str, params: dict[str, Any], ours: type, theirs: type
) -> None:
    assert isinstance(await outcome("chatkit_host", word, operation, **params), ours)
    assert isinstance(await outcome("chatkit", word, operation, **params), theirs)


async def test_a_second_submission_is_a_conflict_where_the_reference_breaks_off() -> None:
    skip = {"thread_id": "thr_1", "item_id": "message_3", "input": {"status": "skipped"}}
    raised: list[type[Exception]] = []
    for side in ("chatkit_host", "chatkit"):
        talk = Talk(side)
        await talk.say("ask")
        await talk.send("threads.add_structured_input", **skip)
        with pytest.raises(Exception, match="message_3") as caught:
            await talk.send("threads.add_structured_input", **skip)
        raised.append(caught.type)
    assert raised == [ConflictError, ValueError]


async def test_questions_stay_open_through_another_message_as_in_the_reference() -> None:
    answers = {"answers": {"q1": {"values": ["a"]}}}
    ours, theirs = await both(
        create("ask"),
        add("echo"),
        GET,
        (
            "threads.add_structured_input",
            {"thread_id": "thr_1", "item_id": "message_3", "input": answers},
        ),
    )
    # What follows differs in the ids alone: a hidden note tells our model of the late answer.
    assert ours[:3] == theirs[:3]
    assert ours[3][:2] == theirs[3][:2]
    assert [event["type"] for event in ours[3]] == [event["type"] for event in theirs[3]]


def test_every_operation_is_held_against_the_reference() -> None:
    """Those with a test above, counted: a new one in the protocol has to join them."""
    here = Path(__file__).read_text(encoding="utf-8")
    operations = [each.model_fields["type"].annotation for each in alternatives(types.ChatKitReq)]
    names = [get_args(each)[0] for each in operations]
    assert len(names) == 16
    assert [name for name in names if f'"{name}"' not in here] == []
