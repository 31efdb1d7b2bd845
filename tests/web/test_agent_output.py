"""A declared bot over HTTP, before a model server that speaks one API and then the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from chatkit_host.compiler import compile_app
from chatkit_host.config import load
from chatkit_host.web import create_app, web_settings
from tests.examples.visitor import Visitor
from tests.model_server.script import call, hang, refuse, say, think
from tests.model_server.server import ModelServer
from tests.web.live import visit

APIS = ["responses", "chat_completions"]

BOT = """
models:
  default: { model: m, base_url: "${URL}", api: "${API}", api_key: k }
agents:
  waiter:
    instructions: You wait.
    tools: [look, pick, ask_vet]
    handoffs: [cook]
  cook: { instructions: You cook. }
  vet: { instructions: You heal. }
respond: { agent: waiter, history: 20 }
tools:
  look:
    description: Look.
    parameters: { at: string }
    show: { title: "Looking at {{ at }}" }
    return: "{{ at }} is red"
  pick: { description: What is picked., client: {}, show: task }
  ask_vet: { description: Ask., agent: vet }
storage: "memory:"
"""


@pytest.fixture(params=APIS)
async def visitor(
    request: pytest.FixtureRequest, tmp_path: Path, model_server: ModelServer
) -> AsyncIterator[Visitor]:
    file = tmp_path / "chatkit.yaml"
    file.write_text(BOT, encoding="utf-8")
    loaded = load(file, environ={"URL": model_server.base_url, "API": request.param})
    app = create_app(compile_app(loaded), web_settings(loaded.config, b"k" * 32))
    async with visit(app) as browser:
        yield Visitor(browser, "/chatkit")


def items(visitor: Visitor, kind: str) -> list[dict[str, Any]]:
    done = [e["item"] for e in visitor.events if e["type"] == "thread.item.done"]
    return [item for item in done if item["type"] == kind]


def tasks(visitor: Visitor) -> list[str]:
    found = [task for item in items(visitor, "workflow") for task in item["workflow"]["tasks"]]
    return [task.get("title") or task["content"] for task in found]


def sent(model_server: ModelServer) -> list[tuple[str, str]]:
    """Calls and outputs of the last request to the model, by call id, in either API."""
    body = model_server.requests[-1].body
    if "input" in body:
        return [
            (item["type"], item["call_id"])
            for item in body["input"]
            if item.get("type") in ("function_call", "function_call_output")
        ]
    found = []
    for message in body["messages"]:
        found += [("function_call", made["id"]) for made in message.get("tool_calls") or ()]
        if message["role"] == "tool":
            found.append(("function_call_output", message["tool_call_id"]))
    return found


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_tools_called_at_once(
    number: int, visitor: Visitor, model_server: ModelServer
) -> None:
    names = ["cat", "dog", "cow"][:number]
    calls = [call("look", {"at": name}, call_id=f"call_{name}") for name in names]
    model_server.reply(say("Looking. "), *calls)
    model_server.reply(say("All red."))
    assert await visitor.say("Look") == "Looking. \nAll red."
    assert tasks(visitor) == [f"Looking at {name}" for name in names]
    answered = {call_id for kind, call_id in sent(model_server) if kind.endswith("output")}
    assert answered == {f"call_{name}" for name in names}

    # The next turn's model reads them all again.
    model_server.reply(say("Yes."))
    assert await visitor.say("Sure?") == "Yes."
    assert sorted(sent(model_server)) == sorted(
        (kind, f"call_{name}")
        for name in names
        for kind in ("function_call", "function_call_output")
    )


async def test_a_handoff_is_shown_and_kept(visitor: Visitor, model_server: ModelServer) -> None:
    model_server.reply(call("transfer_to_cook"))
    model_server.reply(say("I cook."))
    assert await visitor.say("Hot food") == "I cook."
    assert tasks(visitor) == ["Over to Cook"]
    model_server.reply(say("Still I."))
    await visitor.say("And?")
    assert "You cook." in str(model_server.requests[-1].body)


async def test_reasoning_streams_as_a_workflow(visitor: Visitor, model_server: ModelServer) -> None:
    model_server.reply(think("Let me think."), say("Hello"))
    assert await visitor.say("Hi") == "Hello"
    [workflow] = items(visitor, "workflow")
    assert workflow["workflow"]["type"] == "reasoning"
    assert workflow["workflow"]["summary"] == {"duration": 0}
    assert tasks(visitor) == ["Let me think."]
    kinds = [e["update"]["type"] for e in visitor.events if "task" in e.get("update", {})]
    assert kinds[:2] == ["workflow.task.added", "workflow.task.updated"]


async def test_a_refusal_is_said_and_stays(visitor: Visitor, model_server: ModelServer) -> None:
    model_server.reply(refuse("I would rather not."))
    assert await visitor.say("Hi") == "I would rather not."
    model_server.reply(say("As I said."))
    await visitor.say("Why?")
    assert "rather not" in str(model_server.requests[-1].body)


async def test_a_sub_agent_does_not_speak_in_the_thread(
    visitor: Visitor, model_server: ModelServer
) -> None:
    model_server.reply(call("ask_vet", {"input": "Is it well?"}))
    model_server.reply(think("Hm."), say("Quite well."))
    model_server.reply(say("The vet is content."))
    assert await visitor.say("Well?") == "The vet is content."
    assert "Quite well" not in str(visitor.events)


async def test_a_workflow_goes_on_after_a_client_tool(
    visitor: Visitor, model_server: ModelServer
) -> None:
    model_server.reply(call("look", {"at": "it"}))
    model_server.reply(call("pick", call_id="call_pick"))
    await visitor.say("Pick")
    assert items(visitor, "workflow") == []
    [asked] = items(visitor, "client_tool_call")
    assert asked["call_id"] == "call_pick"
    [begun] = [
        e["item"]["id"]
        for e in visitor.events
        if e["type"] == "thread.item.added" and e["item"]["type"] == "workflow"
    ]
    model_server.reply(call("look", {"at": "more"}))
    model_server.reply(say("Picked."))
    await visitor.output({"is": "red"})
    [workflow] = items(visitor, "workflow")
    assert workflow["id"] == begun
    assert tasks(visitor) == ["Looking at it", "Pick", "Looking at more"]


async def test_a_stream_that_is_left_stops_the_model_and_keeps_its_words(
    visitor: Visitor, model_server: ModelServer
) -> None:
    model_server.reply(say("Hello"))
    await visitor.say("Hi")
    pause = hang()
    model_server.reply(think("Hm."), say("One two"), pause)
    content = [{"type": "input_text", "text": "Count"}]
    message = {"content": content, "attachments": [], "inference_options": {}}
    params = {"thread_id": visitor.thread_id, "input": message}
    body = {"type": "threads.add_user_message", "params": params}
    async with visitor.browser.stream("POST", "/chatkit", json=body) as answer:
        await read_until(answer, "two")
    model_server.reply(say("Three."))
    # The thread is free at once, for nobody reads the turn that has it.
    assert await until_it_is_free(visitor, "And?") == "Three."
    await model_server.wait(pause.disconnected)
    thread = await visitor.ask("threads.get_by_id", thread_id=visitor.thread_id)
    kept = [i for i in thread["items"]["data"] if i["type"] == "assistant_message"]
    assert [item["content"][0]["text"] for item in kept] == ["Hello", "One two", "Three."]


async def read_until(answer: httpx.Response, word: str) -> None:
    """Read a stream until the word has come, and no further."""
    async for part in answer.aiter_text():
        if word in part:
            return
    raise AssertionError(f"the stream ended without {word!r}")


async def until_it_is_free(visitor: Visitor, text: str) -> str:
    """Say something as soon as the host has noticed that the last reader left."""
    while True:
        try:
            return await visitor.say(text)
        except AssertionError:
            await asyncio.sleep(0)
