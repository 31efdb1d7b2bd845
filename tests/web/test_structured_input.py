"""Questions to the user over HTTP, with a real run of the model in both APIs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.examples.visitor import Json, Visitor
from tests.model_server.script import call, say
from tests.model_server.server import ModelServer
from tests.web.hosted import APIS, given_to_model, hosted, model_at, refusal

BOT = """
agents:
  helper:
    instructions: "Help. {{ answers.day or 'no day' }}"
    tools: [ask_day, ask_any, book, look_up]
tools:
  look_up: { description: Look it up., return: found }
  ask_day:
    description: Ask for the day.
    parameters: { gift: boolean }
    steps:
      - structured_input:
          day: { question: Which day?, options: [Mon, "{{ 'Tue' }}"] }
          extras: { multiple: true, options: [a, b], question: "{{ 'What' }} else?" }
          wrap: { if: gift, question: Wrap it?, options: ["yes", "no"] }
          note: { question: Anything else?, description: In a few words. }
      - message: never
  ask_any:
    description: Ask.
    parameters: { questions: array }
    steps: [structured_input: "{{ questions }}"]
  book:
    description: Book it.
    steps:
      - { if: not answers.day, error: There is no day. }
      - return: "{{ answers.day }}, {{ answers.extras | join('+') }}, {{ answers.note }}"
actions:
  page.ask: { from: page, steps: [structured_input: { mood: How are you? }, message: never] }
storage: "memory:"
"""


@pytest.fixture(params=APIS)
def model(request: pytest.FixtureRequest, model_server: ModelServer) -> str:
    return model_at(model_server, request.param)


async def answer(visitor: Visitor, item: Json, **values: list[str]) -> None:
    answers = {name: {"values": given} for name, given in values.items()}
    await visitor.stream(
        "threads.add_structured_input",
        thread_id=visitor.thread_id,
        item_id=item["id"],
        input={"answers": answers},
    )


async def asked(visitor: Visitor, model_server: ModelServer, *more: Any) -> Json:
    """The questions, put by the model's call."""
    model_server.reply(call("ask_day", {"gift": False}, call_id="c1"), *more)
    assert await visitor.say("Book a day") == ""
    [item] = visitor.items("structured_input")
    return item


async def test_the_questions_are_shown_and_the_turn_ends(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    async with hosted(tmp_path, BOT, model) as visitor:
        item = await asked(visitor, model_server)
    assert item["status"] == "pending"
    assert item["inputs"] == [
        {
            "id": "day",
            "type": "multiple_choice",
            "question": "Which day?",
            "options": [{"value": "Mon"}, {"value": "Tue"}],
            "multiple": False,
        },
        {
            "id": "extras",
            "type": "multiple_choice",
            "question": "What else?",
            "options": [{"value": "a"}, {"value": "b"}],
            "multiple": True,
        },
        {
            "id": "note",
            "type": "freeform",
            "question": "Anything else?",
            "description": "In a few words.",
        },
    ]
    assert len(model_server.requests) == 1


async def test_the_answers_begin_the_next_turn_and_model_and_templates_read_them(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    async with hosted(tmp_path, BOT, model) as visitor:
        item = await asked(visitor, model_server)
        model_server.reply(call("book", call_id="c2"))
        model_server.reply(say("Booked."))
        await answer(visitor, item, day=["Tue"], extras=["a", "b"], unknown=["x"])
        assert visitor.said() == "Booked."
        [settled] = visitor.items("structured_input")
        assert settled["status"] == "answered"
        assert [question["answer"] for question in settled["inputs"]] == [
            {"values": ["Tue"], "skipped": False},
            {"values": ["a", "b"], "skipped": False},
            {"values": [], "skipped": True},
        ]
    given = given_to_model(model_server.requests[1].body)
    assert [next(iter(part)) for part in given] == ["user", "call", "output", "user"]
    assert "The questions are on the user's screen" in given[2]["output"]
    assert "- Which day? Tue\n" in given[3]["user"]
    assert "- Anything else? (skipped)" in given[3]["user"]
    assert "Tue" in str(instructions(model_server.requests[1].body))
    booked = given_to_model(model_server.requests[2].body)[-1]
    assert booked == {"output": "Tue, a+b, ", "of": "c2"}


def instructions(body: Json) -> Any:
    return body.get("instructions") or body["messages"][0]


async def test_all_can_be_skipped(tmp_path: Path, model: str, model_server: ModelServer) -> None:
    async with hosted(tmp_path, BOT, model) as visitor:
        item = await asked(visitor, model_server)
        model_server.reply(say("Another time."))
        await visitor.stream(
            "threads.add_structured_input",
            thread_id=visitor.thread_id,
            item_id=item["id"],
            input={"status": "skipped"},
        )
        assert visitor.said() == "Another time."
        assert visitor.items("structured_input")[0]["status"] == "skipped"
    assert "questions, skipped" in given_to_model(model_server.requests[1].body)[3]["user"]


async def test_a_second_submission_is_refused(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    async with hosted(tmp_path, BOT, model) as visitor:
        item = await asked(visitor, model_server)
        model_server.reply(say("Fine."))
        await answer(visitor, item, day=["Mon"])
        status, error = await refusal(
            visitor,
            "threads.add_structured_input",
            thread_id=visitor.thread_id,
            item_id=item["id"],
            input={},
        )
    assert (status, error["code"]) == (409, "conflict")


async def test_a_message_in_between_leaves_them_open_and_late_answers_are_told(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    async with hosted(tmp_path, BOT, model) as visitor:
        item = await asked(visitor, model_server)
        model_server.reply(say("Sure."))
        assert await visitor.say("Wait a moment") == "Sure."
        model_server.reply(say("Got them."))
        await answer(visitor, item, day=["Mon"])
        assert visitor.said() == "Got them."
    meanwhile = given_to_model(model_server.requests[1].body)
    assert "questions, pending" in meanwhile[3]["user"]
    late = given_to_model(model_server.requests[2].body)
    assert "- Which day? Mon" in late[3]["user"]
    assert "only now answered" in late[-1]["user"]


async def test_questions_beside_another_tool_and_a_second_set_of_questions(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    async with hosted(tmp_path, BOT, model) as visitor:
        again = call("ask_any", {"questions": ["Why?"]}, call_id="c2")
        item = await asked(visitor, model_server, again, call("look_up", call_id="c3"))
        model_server.reply(say("Fine."))
        await answer(visitor, item)
    given = given_to_model(model_server.requests[1].body)
    outputs = {part["of"]: part["output"] for part in given if "of" in part}
    assert outputs["c3"] == "found"
    told = sorted([outputs["c1"][:20], outputs["c2"][:20]])
    assert told == ["Error: There are que", "The questions are on"]


async def test_a_model_may_write_the_questions_and_learns_what_is_wrong_with_them(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    wrong = [
        ([], "no question to put"),
        (["  "], "q1: this has no question"),
        ([{"id": "a", "question": "A?", "options": []}], "a.options: a list"),
        ([{"id": "a", "question": "A?", "choices": []}], "a: unknown choices"),
        ([{"id": "a", "question": "A?"}, {"id": "a", "question": "B?"}], "called 'a'"),
    ]
    for questions, _ in wrong:
        model_server.reply(call("ask_any", {"questions": questions}))
    right = [{"id": "a", "question": "A?", "options": [1, {"value": "x"}, "x"]}, "Why?"]
    model_server.reply(call("ask_any", {"questions": right}))
    async with hosted(tmp_path, BOT, model) as visitor:
        await visitor.say("Ask me")
        [item] = visitor.items("structured_input")
    assert [question["id"] for question in item["inputs"]] == ["a", "q2"]
    assert item["inputs"][0]["options"] == [{"value": "1"}, {"value": "x"}]
    told = [part["output"] for part in given_to_model(model_server.requests[-1].body)[2::2]]
    assert [reason in output for output, (_, reason) in zip(told, wrong, strict=True)] == [True] * 5


async def test_a_template_sees_none_before_there_is_an_answer(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    model_server.reply(call("book", call_id="c1"))
    model_server.reply(say("When?"))
    async with hosted(tmp_path, BOT, model) as visitor:
        assert await visitor.say("Book") == "When?"
    assert given_to_model(model_server.requests[1].body)[-1]["output"] == "Error: There is no day."


async def test_an_action_puts_questions_and_the_agent_goes_on(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    model_server.reply(say("Hi."))
    model_server.reply(say("Glad to hear."))
    async with hosted(tmp_path, BOT, model) as visitor:
        await visitor.say("Hi")
        where = {"thread_id": visitor.thread_id}
        await visitor.stream("threads.custom_action", action={"type": "page.ask"}, **where)
        [item] = visitor.items("structured_input")
        await answer(visitor, item, mood=["Well, <b>thanks</b>"])
        assert visitor.said() == "Glad to hear."
    told = given_to_model(model_server.requests[1].body)[-1]["user"]
    assert "- How are you? Well, &lt;b&gt;thanks&lt;/b&gt;" in told


async def test_a_retry_takes_them_away(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    async with hosted(tmp_path, BOT, model) as visitor:
        item = await asked(visitor, model_server)
        message = next(e["item"] for e in visitor.events if e["type"] == "thread.item.done")
        model_server.reply(say("Let us start over."))
        params = {"thread_id": visitor.thread_id, "item_id": message["id"]}
        await visitor.stream("threads.retry_after_item", **params)
        assert visitor.said() == "Let us start over."
        gone = {"thread_id": visitor.thread_id, "item_id": item["id"], "input": {}}
        assert (await refusal(visitor, "threads.add_structured_input", **gone))[0] == 404
    assert given_to_model(model_server.requests[1].body) == [{"user": "Book a day"}]


RULES = """
models:
  default:
    provider: rules
    rules:
      - { match: book, call: ask, say: "Booked for {{ answers.day or 'no day' }}." }
      - { match: scan, call: scan, say: "It is {{ result.name }}." }
agents: { helper: { instructions: Help., tools: [ask, scan] } }
tools:
  ask: { description: Ask., steps: [structured_input: { day: { question: Day?, options: [Mon] } }] }
  scan: { description: Scan., steps: [client_tool: camera] }
storage: "memory:"
"""


async def test_rules_go_on_with_answers_and_outputs(tmp_path: Path) -> None:
    async with hosted(tmp_path, RULES) as visitor:
        await visitor.say("book")
        await answer(visitor, visitor.items("structured_input")[0], day=["Mon"])
        assert visitor.said() == "Booked for Mon."
        await visitor.say("scan")
        await visitor.output({"name": "fern"})
        assert visitor.said() == "It is fern."
