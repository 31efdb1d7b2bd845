"""Events as a person reads them."""

from __future__ import annotations

import io
from typing import Any

import pytest

from chatkit_host.cli.talk.view import View

Json = dict[str, Any]


def shown(*events: Json) -> str:
    out = io.StringIO()
    view = View(out)
    for event in events:
        view.show(event)
    view.end()
    return out.getvalue()


def done(type: str, **fields: Any) -> Json:
    item = {"id": "itm_1", "type": type, **fields}
    return {"type": "thread.item.done", "item": item}


def update(type: str, **fields: Any) -> Json:
    change = {"type": type, **fields}
    return {"type": "thread.item.updated", "item_id": "itm_1", "update": change}


def delta(text: str) -> Json:
    return update("assistant_message.content_part.text_delta", content_index=0, delta=text)


def message(*texts: str) -> Json:
    return done("assistant_message", content=[{"text": text} for text in texts])


def part_done(text: str) -> Json:
    return update("assistant_message.content_part.done", content_index=0, content={"text": text})


def test_text_comes_as_it_streams_and_only_once() -> None:
    assert shown(delta("Hel"), delta("lo"), part_done("Hello"), message("Hello")) == "Hello\n"


def test_a_whole_message_is_a_line() -> None:
    assert shown(message("One"), {**message("Two"), "x": 1}) != ""
    assert shown(message("Hello")) == "Hello\n"


def test_what_deltas_left_out_is_added() -> None:
    assert shown(delta("Hel"), message("Hello")) == "Hello\n"


def test_text_that_was_changed_is_written_anew() -> None:
    assert shown(delta("Helo"), message("Hello")) == "Helo\nHello\n"


def test_lines_do_not_break_into_text() -> None:
    progress = {"type": "progress_update", "text": "Looking"}
    assert shown(delta("Hel"), progress, delta("lo")) == "Hel\n… Looking\nlo\n"


@pytest.mark.parametrize(
    ("event", "line"),
    [
        ({"type": "progress_update", "text": "Wait"}, "… Wait"),
        ({"type": "client_effect", "name": "splash", "data": {"n": 1}}, '[effect splash {"n": 1}]'),
        ({"type": "notice", "level": "info", "message": "Hm"}, "(info) Hm"),
        ({"type": "notice", "level": "info", "title": "A", "message": "B"}, "(info) A: B"),
        ({"type": "error", "code": "custom", "message": "No"}, "! No"),
        (
            {"type": "error", "code": "stream.error", "allow_retry": True},
            "! stream.error You can try again.",
        ),
        ({"type": "thread.item.removed", "item_id": "itm_1"}, "(taken back)"),
        ({"type": "thread.updated", "thread": {"id": "thr_1", "title": "Cats"}}, "# Cats"),
        (
            done("client_tool_call", status="pending", name="look", arguments={"at": "é"}),
            '[asks the page for look {"at": "é"}]',
        ),
        (
            done("task", task={"type": "custom", "title": "Read", "content": "a page"}),
            "* Read · a page",
        ),
        (done("workflow", workflow={"tasks": [{"type": "thought"}]}), "* thought"),
        (update("workflow.task.added", task={"type": "file", "title": "F"}), "* F"),
        (
            done(
                "structured_input",
                inputs=[{"question": "Which?", "options": [{"value": "a"}, {"value": "b"}]}],
            ),
            "? Which? (a / b)",
        ),
        (done("generated_image", image={"url": "https://x/y.png"}), "[image https://x/y.png]"),
    ],
)
def test_all_else_is_a_line(event: Json, line: str) -> None:
    assert shown(event) == f"{line}\n"


@pytest.mark.parametrize(
    "event",
    [
        {"type": "stream_options", "stream_options": {"allow_cancel": True}},
        {"type": "of.a.later.version"},
        done("user_message", content=[{"text": "said already"}]),
        done("end_of_turn"),
        done("client_tool_call", status="completed", name="look", arguments={}),
        done("generated_image"),
        update("of.a.later.version"),
    ],
)
def test_what_says_nothing_to_a_person_is_left_out(event: Json) -> None:
    assert shown(event) == ""


def test_a_title_is_said_when_it_is_new() -> None:
    named = {"type": "thread.updated", "thread": {"id": "thr_1", "title": "Cats"}}
    assert shown(named, named) == "# Cats\n"


def test_a_widget_is_lines_and_numbers_and_an_update_replaces_them() -> None:
    out = io.StringIO()
    view = View(out)
    button = {"type": "Button", "label": "Go", "onClickAction": {"type": "go"}}
    view.show(done("widget", widget={"type": "Card", "children": [button]}))
    assert out.getvalue() == "| Go\n|   /click 1  Go (go)\n"
    view.show(update("widget.root.updated", widget={"type": "Card", "children": []}))
    assert view.clickables == []


def test_what_a_message_cites_is_listed_below_it() -> None:
    sources = [
        {"type": "entity", "id": "returns", "title": "Returning a plant"},
        {"type": "url", "url": "https://example.com", "title": "All about ferns"},
        {"type": "file", "filename": "care.pdf", "title": ""},
    ]
    parts = [{"text": "Yes.", "annotations": [{"source": source} for source in sources]}]
    assert shown(done("assistant_message", content=parts)) == (
        "Yes.\n"
        "  [1] Returning a plant\n"
        "  [2] All about ferns (https://example.com)\n"
        "  [3] care.pdf\n"
    )


def test_a_task_is_told_once_though_its_workflow_comes_again() -> None:
    read, hot = {"type": "custom", "title": "Read"}, {"type": "custom", "title": "Hot"}
    assert (
        shown(
            update("workflow.task.added", task=read),
            done("workflow", workflow={"tasks": [hot, read]}),
        )
        == "* Read\n* Hot\n"
    )
