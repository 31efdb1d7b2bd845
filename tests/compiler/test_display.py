"""What people see of a declared bot's work: calls, thoughts, handoffs; and what a run has spent."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from chatkit_host.compiler import App
from chatkit_host.types import ToolCallItem, UsageItem
from tests.compiler.bots import Conversation, done, make_bot, said
from tests.model_server.hosted import call_mcp, draw, file_search, run_code, web_search
from tests.model_server.script import call, fail, say, think
from tests.model_server.server import ModelServer
from tests.server.servers import types_of

BOT = """
models:
  default: {{ model: m, base_url: {url}, api: {api}, api_key: k }}
agents:
  waiter:
    instructions: You wait.
    tools: {tools}
    handoffs: [cook]
    show: {show}
  cook: {{ instructions: You cook., show: {{ handoff: {handoff} }} }}
respond: {{ agent: waiter }}
tools:
  look:
    description: Look.
    parameters: {{ at: {{ type: string, optional: true }} }}
    return: {{ found: "{{{{ at }}}}" }}
    show:
      title: "Looking at {{{{ at }}}}"
      done: "Saw {{{{ result.found }}}}"
      content: "*{{{{ at }}}}*"
      icon: search
  plain_one: {{ description: Do., return: 1, show: task }}
  quiet: {{ description: Do., return: 1 }}
  odd: {{ description: Do., return: 1, show: {{ done: "{{{{ result.nothing.at.all }}}}" }} }}
  fails: {{ description: Fail., steps: [{{ error: "No." }}], show: task }}
  show_off: {{ description: Show., steps: [{{ message: Look here. }}], show: task }}
  web: {{ hosted: web_search }}
  files: {{ hosted: {{ file_search: {{ stores: [vs_1], max_results: 3, min_score: 0.5 }} }} }}
  sums: {{ hosted: code_interpreter, show: {{ done: "Ran {{{{ call.code }}}}" }} }}
  sketch: {{ hosted: {{ image_generation: {{ size: auto, partial_images: 2 }} }} }}
  docs:
    description: Docs.
    hosted:
      mcp:
        url: https://d.example/mcp
        tools: [find]
        headers: {{ X-A: b }}
        authorization: s3cret
  hidden: {{ hosted: {{ mcp: "https://h.example/mcp" }}, show: none }}
storage: "memory:"
"""


class Bots:
    """Bots against the model server, closed afterwards."""

    def __init__(self, folder: Path, server: ModelServer) -> None:
        self._folder = folder
        self._server = server
        self.apps: list[App] = []

    def talk(self, *tools: str, api: str = "responses", **more: str) -> Conversation:
        values = {"show": "{}", "handoff": "task", "api": api, **more}
        text = BOT.format(url=self._server.base_url, tools=f"[{', '.join(tools)}]", **values)
        self.apps.append(make_bot(self._folder, text))
        return Conversation(self.apps[-1])


@pytest.fixture
async def bots(tmp_path: Path, model_server: ModelServer) -> AsyncIterator[Bots]:
    made = Bots(tmp_path, model_server)
    yield made
    for app in made.apps:
        await app.close()


def tasks(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tasks of all workflows as they are in the end."""
    items = {item["id"]: item for item in done(events, "workflow")}
    return [task for item in items.values() for task in item["workflow"]["tasks"]]


def indicators(events: list[dict[str, Any]]) -> list[str]:
    """How each task's indicator came and changed."""
    found = []
    for event in events:
        if event["type"] == "thread.item.added" and event["item"]["type"] == "workflow":
            found += [task["status_indicator"] for task in event["item"]["workflow"]["tasks"]]
        elif "task" in event.get("update", {}):
            found.append(event["update"]["task"]["status_indicator"])
    return found


@pytest.mark.parametrize("api", ["responses", "chat_completions"])
async def test_a_call_is_a_task_while_it_runs(
    api: str, bots: Bots, model_server: ModelServer
) -> None:
    model_server.reply(call("look", {"at": "it"}))
    model_server.reply(say("Red."))
    events = await bots.talk("look", api=api).say("Look")
    [task] = tasks(events)
    assert (task["type"], task["title"], task["icon"]) == ("custom", "Saw it", "search")
    assert task["content"] == "*it*"
    assert indicators(events) == ["loading", "complete"]


async def test_a_tool_is_called_as_people_read_its_name(
    bots: Bots, model_server: ModelServer
) -> None:
    model_server.reply(call("plain_one"), call("quiet"))
    model_server.reply(say("Done."))
    events = await bots.talk("plain_one", "quiet").say("Go")
    assert [task["title"] for task in tasks(events)] == ["Plain one"]


async def test_parallel_calls_keep_their_tasks_apart(bots: Bots, model_server: ModelServer) -> None:
    model_server.reply(*(call("look", {"at": at}) for at in ("a", "b", "c")))
    model_server.reply(say("Seen."))
    events = await bots.talk("look").say("Go")
    assert [task["title"] for task in tasks(events)] == ["Saw a", "Saw b", "Saw c"]
    assert {task["status_indicator"] for task in tasks(events)} == {"complete"}


async def test_a_call_that_failed_is_not_complete(bots: Bots, model_server: ModelServer) -> None:
    model_server.reply(call("fails"))
    model_server.reply(say("Sorry."))
    events = await bots.talk("fails").say("Go")
    assert [task["status_indicator"] for task in tasks(events)] == ["none"]


async def test_a_text_that_cannot_be_rendered_does_not_fail_the_call(
    bots: Bots, model_server: ModelServer
) -> None:
    talk = bots.talk("odd")
    model_server.reply(call("odd"))
    model_server.reply(say("Done."))
    assert [task["title"] for task in tasks(await talk.say("Go"))] == ["Odd"]
    assert [i.output for i in await talk.items() if isinstance(i, ToolCallItem)] == ["1"]


async def test_a_task_is_complete_although_what_the_tool_showed_has_ended_the_workflow(
    bots: Bots, model_server: ModelServer
) -> None:
    talk = bots.talk("show_off")
    model_server.reply(call("show_off"))
    model_server.reply(say("There."))
    events = await talk.say("Go")
    assert said(events) == ["Look here.", "There."]
    assert [task["status_indicator"] for task in tasks(events)] == ["complete"]
    [kept] = [item for item in await talk.items() if item.type == "workflow"]
    assert kept.workflow.tasks[0].status_indicator == "complete"


async def test_a_turn_that_fails_after_a_call_ends_its_workflow(
    bots: Bots, model_server: ModelServer
) -> None:
    model_server.reply(call("look", {"at": "it"}))
    model_server.reply(fail(400), fail(400))
    events = await bots.talk("look").say("Go")
    assert "error" in types_of(events)
    assert [task["title"] for task in tasks(events)] == ["Saw it"]


async def test_hosted_calls_are_tasks(bots: Bots, model_server: ModelServer) -> None:
    model_server.reply(
        think("Hm."),
        web_search("red cats", sources=["https://www.cats.example/red"]),
        file_search("cats", files=["a.pdf", "a.pdf", "b.pdf"]),
        run_code("1 + 1"),
        call_mcp("find_page", "{}", "found"),
        call_mcp("find", server="hidden"),
        say("Found."),
    )
    events = await bots.talk("web", "files", "sums", "docs", "hidden").say("Find")
    thought, web, files, code, remote = tasks(events)
    assert thought["content"] == "Hm."
    assert (web["type"], web["title"]) == ("web_search", "Searched the web")
    assert (web["title_query"], web["queries"]) == ("red cats", ["red cats"])
    assert [(s["title"], s["url"]) for s in web["sources"]] == [
        ("cats.example", "https://www.cats.example/red")
    ]
    assert (files["type"], [s["filename"] for s in files["sources"]]) == (
        "file",
        ["a.pdf", "b.pdf"],
    )
    assert (code["title"], code["content"]) == ("Ran 1 + 1", "```python\n1 + 1\n```")
    assert remote["title"] == "Find page"
    assert {t["status_indicator"] for t in (web, files, code, remote)} == {"complete"}
    assert indicators(events).count("loading") == 4


async def test_a_page_that_is_opened_is_called_after_its_host(
    bots: Bots, model_server: ModelServer
) -> None:
    opened = {"type": "open_page", "url": "https://cats.example/red"}
    model_server.reply(web_search(action=opened), say("Read."))
    [task] = tasks(await bots.talk("web").say("Read"))
    assert (task["title"], len(task["sources"])) == ("Read cats.example", 1)


async def test_the_model_is_told_of_hosted_tools(bots: Bots, model_server: ModelServer) -> None:
    model_server.reply(say("Hi."))
    await bots.talk("web", "files", "sums", "sketch", "docs").say("Hello")
    body = model_server.requests[-1].body
    told = {tool["type"]: tool for tool in body["tools"] if tool["type"] != "function"}
    assert told["file_search"]["vector_store_ids"] == ["vs_1"]
    assert told["file_search"]["max_num_results"] == 3
    assert told["file_search"]["ranking_options"] == {"score_threshold": 0.5}
    assert told["code_interpreter"]["container"] == {"type": "auto"}
    assert told["image_generation"] == {
        "type": "image_generation",
        "output_format": "png",
        "size": "auto",
        "partial_images": 2,
    }
    assert told["mcp"] == {
        "type": "mcp",
        "server_label": "docs",
        "server_url": "https://d.example/mcp",
        "server_description": "Docs.",
        "require_approval": "never",
        "allowed_tools": ["find"],
        "headers": {"X-A": "b"},
        "authorization": "s3cret",
    }
    assert "web_search" in told
    assert set(body["include"]) >= {"web_search_call.action.sources", "file_search_call.results"}


async def test_what_a_remote_tool_said_is_known_in_the_next_turn(
    bots: Bots, model_server: ModelServer
) -> None:
    talk = bots.talk("docs")
    model_server.reply(call_mcp("find", '{"q": 1}', "the moon"), say("Found."))
    model_server.reply(call_mcp("find", "{}", None), say("Not found."))
    model_server.reply(say("The moon."))
    for text in ("Find", "Again", "What was it?"):
        await talk.say(text)
    sent = model_server.requests[-1].body["input"]
    outputs = [item["output"] for item in sent if item.get("type") == "function_call_output"]
    assert outputs == ["the moon", "Error: no such page"]


async def test_a_handoff_is_shown(bots: Bots, model_server: ModelServer) -> None:
    model_server.reply(call("transfer_to_cook"))
    model_server.reply(say("I cook."))
    [task] = tasks(await bots.talk().say("Hot food"))
    assert (task["title"], task["icon"]) == ("Over to Cook", "agent")


@pytest.mark.parametrize(
    ("handoff", "titles"),
    [("none", []), ('{ title: "{{ user.name }}, the cook", icon: star }', ["Ann, the cook"])],
)
async def test_a_handoff_is_shown_as_the_agent_says(
    handoff: str, titles: list[str], bots: Bots, model_server: ModelServer
) -> None:
    model_server.reply(call("transfer_to_cook"))
    model_server.reply(say("I cook."))
    events = await bots.talk(handoff=handoff).say("Hot food")
    assert [task["title"] for task in tasks(events)] == titles


async def test_the_agent_is_kept_though_the_turn_failed_after_the_handoff(
    bots: Bots, model_server: ModelServer
) -> None:
    talk = bots.talk()
    model_server.reply(call("transfer_to_cook"))
    model_server.reply(fail(400))
    await talk.say("Hot food")
    model_server.reply(say("I cook."))
    await talk.say("And?")
    assert "You cook." in str(model_server.requests[-1].body)


async def test_an_agent_may_keep_its_thoughts_to_itself(
    bots: Bots, model_server: ModelServer
) -> None:
    model_server.reply(think("Secret."), call("transfer_to_cook"))
    model_server.reply(think("Open."), say("I cook."))
    talk = bots.talk(show="{ reasoning: false }", handoff="none")
    events = await talk.say("Hot food")
    assert [task["content"] for task in tasks(events)] == ["Open."]
    assert "Secret" not in str(events)


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
async def test_raw_reasoning_streams(field: str, bots: Bots, model_server: ModelServer) -> None:
    model_server.reply(think("Let me think.", field=field), say("Hello"))
    events = await bots.talk(api="chat_completions").say("Hi")
    assert [task["content"] for task in tasks(events)] == ["Let me think."]
    updates = [e["update"]["task"]["content"] for e in events if "task" in e.get("update", {})]
    assert updates[0] == "Let me"
    assert updates[-1] == "Let me think."


@pytest.mark.parametrize("api", ["responses", "chat_completions"])
async def test_what_a_run_has_spent_is_kept_and_logged(
    api: str, bots: Bots, model_server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    talk = bots.talk("quiet", api=api)
    model_server.reply(call("quiet"))
    model_server.reply(say("Done."))
    with caplog.at_level(logging.INFO, logger="chatkit_host"):
        events = await talk.say("Go")
    [kept] = [item for item in await talk.items() if isinstance(item, UsageItem)]
    assert (kept.agent, kept.requests, kept.input_tokens, kept.output_tokens) == (
        "waiter",
        2,
        14,
        10,
    )
    assert "requests=2 input_tokens=14" in caplog.text
    assert "usage" not in str(events)


async def test_a_run_that_failed_has_spent_too(bots: Bots, model_server: ModelServer) -> None:
    talk = bots.talk("quiet")
    model_server.reply(call("quiet"))
    model_server.reply(fail(400))
    await talk.say("Go")
    assert [i.requests for i in await talk.items() if isinstance(i, UsageItem)] == [1]


async def test_a_picture_is_shown_as_it_takes_shape(bots: Bots, model_server: ModelServer) -> None:
    model_server.reply(draw("Zm9v", partial=["Zg==", "Zm8="]), say("There."))
    events = await bots.talk("sketch").say("Draw")
    progress = [e["update"]["progress"] for e in events if "progress" in e.get("update", {})]
    assert progress == [0.0, 0.5]
    [picture] = done(events, "generated_image")
    assert picture["image"]["url"]
    assert tasks(events) == []
