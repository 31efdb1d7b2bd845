"""Client tools over HTTP, with a real run of the model in both APIs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chatkit_host.server.constants import UNANSWERED_CALL
from tests.model_server.script import call, say
from tests.model_server.server import ModelServer
from tests.web.hosted import APIS, given_to_model, hosted, model_at, post, refusal

BOT = """
agents: { helper: { instructions: Help., tools: [selected, other, look_up, scan, boom] } }
tools:
  selected: { description: What is selected., parameters: { of: string }, client: {} }
  other: { description: Another one of the page., client: {} }
  look_up: { description: Look it up., return: found }
  boom: { description: Fails., steps: [error: It is broken.] }
  scan:
    description: Scan a thing.
    parameters: { what: string }
    steps:
      - { if: what == 'nothing', return: Nothing to scan. }
      - client_tool: { name: open_camera, arguments: { looking_for: "{{ what }}" } }
      - message: never
actions:
  basket.read:
    from: page
    steps: [{ client_tool: { name: basket, arguments: { full: true } } }, { message: never }]
storage: "memory:"
"""


@pytest.fixture(params=APIS)
def model(request: pytest.FixtureRequest, model_server: ModelServer) -> str:
    return model_at(model_server, request.param)


async def test_a_call_ends_the_turn_and_its_output_begins_the_next(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    model_server.reply(call("selected", {"of": "list"}, call_id="c1"))
    model_server.reply(say("A fern."))
    async with hosted(tmp_path, BOT, model) as visitor:
        assert await visitor.say("What is it?") == ""
        [item] = visitor.items("client_tool_call")
        assert (item["status"], item["call_id"], item["name"]) == ("pending", "c1", "selected")
        assert item["arguments"] == {"of": "list"}
        assert len(model_server.requests) == 1
        await visitor.output({"plant": "fern"})
        assert visitor.said() == "A fern."
    assert given_to_model(model_server.requests[1].body) == [
        {"user": "What is it?"},
        {"call": "c1", "name": "selected", "arguments": '{"of": "list"}'},
        {"output": '{"plant": "fern"}', "of": "c1"},
    ]


async def test_each_output_stands_with_its_own_call_of_several_at_once(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    """The page's call first, last, or between: two server tools, one of which fails."""
    model_server.reply(
        call("look_up", call_id="c1"), call("other", call_id="c2"), call("boom", call_id="c3")
    )
    model_server.reply(say("Done."))
    async with hosted(tmp_path, BOT, model) as visitor:
        await visitor.say("Go")
        [item] = visitor.items("client_tool_call")
        assert (item["call_id"], item["name"]) == ("c2", "other")
        await visitor.output("from the page")
    outputs = {
        p["of"]: p["output"] for p in given_to_model(model_server.requests[1].body)[1:][1::2]
    }
    assert outputs == {
        "c1": "found",
        "c2": '"from the page"',
        "c3": "Error: It is broken.",
    }


async def test_of_two_client_calls_at_once_the_second_is_told_to_come_again(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    model_server.reply(call("other", call_id="c1"), call("selected", {"of": "x"}, call_id="c2"))
    model_server.reply(call("selected", {"of": "x"}, call_id="c3"))
    model_server.reply(say("Both."))
    async with hosted(tmp_path, BOT, model) as visitor:
        await visitor.say("Go")
        [item] = visitor.items("client_tool_call")
        await visitor.output("one")
        [again] = visitor.items("client_tool_call")
        assert {item["call_id"], again["call_id"]} == {"c1", "c3"}
        await visitor.output("two")
        assert visitor.said() == "Both."
    given = given_to_model(model_server.requests[2].body)
    outputs = {part["of"]: part["output"] for part in given if "of" in part}
    assert outputs["c1"] == '"one"'
    assert outputs["c2"].startswith("Error: The page runs one tool at a time")
    assert outputs["c3"] == '"two"'


async def test_arguments_that_do_not_fit_go_back_to_the_model_in_the_same_turn(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    model_server.reply(call("selected", {"off": 1}, call_id="c1"))
    model_server.reply(call("selected", {"of": "list"}, call_id="c2"))
    async with hosted(tmp_path, BOT, model) as visitor:
        await visitor.say("Go")
        [item] = visitor.items("client_tool_call")
        assert item["call_id"] == "c2"


async def test_the_step_asks_the_page_and_the_model_reads_its_own_call(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    model_server.reply(call("scan", {"what": "fern"}, call_id="c1"), call("look_up", call_id="c2"))
    model_server.reply(say("Scanned."))
    async with hosted(tmp_path, BOT, model) as visitor:
        assert await visitor.say("Scan it") == ""
        [item] = visitor.items("client_tool_call")
        assert (item["name"], item["arguments"]) == ("open_camera", {"looking_for": "fern"})
        assert item["call_id"] == "c1"
        await visitor.output({"code": 7})
        assert visitor.said() == "Scanned."
    given = given_to_model(model_server.requests[1].body)
    calls = {part["call"]: part["name"] for part in given if "call" in part}
    outputs = {part["of"]: part["output"] for part in given if "of" in part}
    assert calls == {"c1": "scan", "c2": "look_up"}
    assert outputs == {"c1": '{"code": 7}', "c2": "found"}


async def test_the_step_left_out_by_its_condition_does_not_end_the_turn(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    model_server.reply(call("scan", {"what": "nothing"}))
    model_server.reply(say("Nothing then."))
    async with hosted(tmp_path, BOT, model) as visitor:
        assert await visitor.say("Scan nothing") == "Nothing then."


@pytest.mark.parametrize("tool", ["other", "scan"])
async def test_a_call_that_a_reload_left_behind_is_closed_and_the_thread_goes_on(
    tmp_path: Path, model: str, model_server: ModelServer, tool: str
) -> None:
    model_server.reply(call(tool, {"what": "fern"} if tool == "scan" else {}, call_id="c1"))
    model_server.reply(say("Never mind."))
    async with hosted(tmp_path, BOT, model) as visitor:
        await visitor.say("Go")
        assert await visitor.say("Are you there?") == "Never mind."
        [closed] = visitor.items("client_tool_call")
        assert (closed["status"], closed["output"]) == ("completed", UNANSWERED_CALL)
        late = await refusal(
            visitor, "threads.add_client_tool_output", thread_id=visitor.thread_id, result=1
        )
        assert (late[0], late[1]["code"]) == (409, "conflict")
    given = given_to_model(model_server.requests[1].body)
    assert [next(iter(part)) for part in given] == ["user", "call", "output", "user"]
    assert (given[1]["name"], given[1]["call"]) == (tool, "c1")
    assert UNANSWERED_CALL in given[2]["output"]


async def test_an_action_asks_the_page_and_the_agent_goes_on_with_its_output(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    model_server.reply(say("Hello."))
    model_server.reply(say("Two things in it."))
    async with hosted(tmp_path, BOT, model) as visitor:
        await visitor.say("Hi")
        where = {"thread_id": visitor.thread_id}
        await visitor.stream("threads.custom_action", action={"type": "basket.read"}, **where)
        [item] = visitor.items("client_tool_call")
        assert (item["name"], item["arguments"]) == ("basket", {"full": True})
        assert visitor.said() == ""
        await visitor.output(["a", "b"])
        assert visitor.said() == "Two things in it."
    given = given_to_model(model_server.requests[1].body)
    assert given[-2]["name"] == "basket"
    assert given[-1] == {"output": '["a", "b"]', "of": given[-2]["call"]}


async def test_an_output_is_refused_in_a_thread_that_waits_for_none_or_is_not_there(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    model_server.reply(say("Hello."))
    async with hosted(tmp_path, BOT, model) as visitor:
        await visitor.say("Hi")
        for thread_id, status in ((visitor.thread_id, 409), ("thr_none", 404)):
            answer = await refusal(
                visitor, "threads.add_client_tool_output", thread_id=thread_id, result=1
            )
            assert answer[0] == status
        missing = await refusal(visitor, "threads.add_client_tool_output", thread_id="x")
        assert missing[0] == 400


async def test_a_stranger_cannot_answer_for_the_page(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    model_server.reply(call("other"))
    async with hosted(tmp_path, BOT, model) as visitor:
        await visitor.say("Go")
        visitor.browser.cookies.clear()
        params: dict[str, Any] = {"thread_id": visitor.thread_id, "result": 1}
        response = await post(visitor, "threads.add_client_tool_output", **params)
        assert response.status_code == 404


SUB = """
agents:
  helper: { instructions: Help., tools: [ask_sub] }
  sub: { instructions: Sub., tools: [other, scan] }
tools:
  ask_sub: { description: Ask it., agent: sub }
  other: { description: Of the page., client: {} }
  scan: { description: Scan., steps: [client_tool: camera] }
respond: { agent: helper }
storage: "memory:"
"""


@pytest.mark.parametrize("tool", ["other", "scan"])
async def test_an_agent_that_is_asked_as_a_tool_never_waits_for_the_page(
    tmp_path: Path, model: str, model_server: ModelServer, tool: str
) -> None:
    model_server.reply(call("ask_sub", {"input": "x"}))
    model_server.reply(call(tool, call_id="s1"))
    model_server.reply(say("I cannot."))
    model_server.reply(say("It cannot."))
    async with hosted(tmp_path, SUB, model) as visitor:
        assert await visitor.say("Go") == "It cannot."
        assert visitor.items("client_tool_call") == []
    given = given_to_model(model_server.requests[2].body)
    assert "asked as a tool" in given[-1]["output"]


async def test_a_plugin_that_calls_the_page_answers_the_right_one_of_two_like_calls(
    tmp_path: Path, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page_plugin.py").write_text(
        "async def pick(context, n):\n"
        "    if n == 2:\n"
        "        context.call_client('pick', {'n': 2})\n"
        "    return n\n"
        "async def ask(context):\n"
        "    await context.ask_page('dialog', {})\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    bot = """
    plugins: [page_plugin]
    agents: { helper: { instructions: Help., tools: [pick, ask] } }
    tools:
      pick: { description: Pick., parameters: { n: integer }, python: "page_plugin:pick" }
      ask: { description: Ask., python: "page_plugin:ask" }
    storage: "memory:"
    """
    calls = [call("pick", {"n": n}, call_id=f"c{n}") for n in (1, 2, 3)]
    model_server.reply(*calls)
    model_server.reply(call("ask", call_id="c9"))
    async with hosted(tmp_path, bot, model_at(model_server)) as visitor:
        await visitor.say("Pick")
        [item] = visitor.items("client_tool_call")
        assert (item["call_id"], item["arguments"]) == ("c2", {"n": 2})
        await visitor.output("two")
        [dialog] = visitor.items("client_tool_call")
        assert (dialog["name"], dialog["call_id"]) == ("dialog", "c9")
    given = given_to_model(model_server.requests[1].body)
    outputs = {part["of"]: part["output"] for part in given if "of" in part}
    assert outputs == {"c1": "1", "c2": '"two"', "c3": "3"}
