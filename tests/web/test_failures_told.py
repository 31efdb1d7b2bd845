"""What a client is told when models and tools fail, over HTTP, with both of the APIs."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.agents.harness import APIS, messages_sent
from tests.examples.visitor import Visitor, visiting
from tests.model_server.script import Part, break_off, call, die, fail, hang, say, stall
from tests.model_server.server import ModelServer

SECRET = "s3cret-of-the-provider"

BOT = """
models:
  default:
    model: m
    base_url: URL
    api: API
    api_key: k
    timeout: 400ms
    retry: { attempts: 2, wait: 1ms }
agents:
  helper: { instructions: Be kind., tools: [broken, endless, strict, closed], max_turns: 3 }
plugins: [shop]
tools:
  broken: { description: It breaks., python: "shop:broken" }
  endless: { description: It never ends., python: "shop:endless", timeout: 50ms }
  closed: { description: It ends the turn., python: "shop:closed" }
  strict: { description: Strict., parameters: { count: integer }, return: "{{ count }}" }
storage: "memory:"
"""
SHOP = f'''
import asyncio

from chatkit_host.errors import CustomStreamError


async def broken():
    raise RuntimeError("{SECRET}")


async def endless():
    await asyncio.Event().wait()


async def closed():
    raise CustomStreamError("The shop is closed.", allow_retry=False)
'''


@pytest.fixture(params=APIS)
async def visitor(
    request: pytest.FixtureRequest, tmp_path: Path, model_server: ModelServer
) -> AsyncIterator[Visitor]:
    text = BOT.replace("URL", model_server.base_url).replace("API", request.param)
    (tmp_path / "chatkit.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "shop.py").write_text(SHOP, encoding="utf-8")
    async with visiting(tmp_path / "chatkit.yaml") as visitor:
        yield visitor


@pytest.fixture(autouse=True)
def fresh_plugin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "shop", raising=False)


def error_of(visitor: Visitor) -> dict[str, Any]:
    """The one error of the last answer, which ends it."""
    [error] = [event for event in visitor.events if event["type"] == "error"]
    assert visitor.events[-1]["type"] in ("error", "thread.updated")
    return error


async def stored_text(visitor: Visitor) -> str:
    """What the assistant has said, as the thread keeps it."""
    thread = await visitor.ask("threads.get_by_id", thread_id=visitor.thread_id)
    items = [item for item in thread["items"]["data"] if item["type"] == "assistant_message"]
    return "".join(part["text"] for item in items for part in item["content"])


FAILURES: list[tuple[Any, str, bool]] = [
    (lambda: fail(429, SECRET), "too much to do", True),
    (lambda: fail(500, SECRET), "could not be reached", True),
    (lambda: fail(401, SECRET), "would not take", False),
    (lambda: fail(404, SECRET), "would not take", False),
    (lambda: fail(400, f"{SECRET}: maximum context length is 8 tokens"), "too long for", False),
    (lambda: break_off("server_error", SECRET), "could not be reached", True),
    (lambda: break_off("context_length_exceeded", SECRET), "too long for", False),
    (stall, "took too long", True),
    (die, "could not be reached", True),
]


@pytest.mark.parametrize(("failure", "words", "allow_retry"), FAILURES)
async def test_a_model_that_fails_is_told_of_in_safe_words_and_with_an_id(
    visitor: Visitor,
    model_server: ModelServer,
    caplog: pytest.LogCaptureFixture,
    failure: Any,
    words: str,
    allow_retry: bool,
) -> None:
    for _ in range(2):
        model_server.reply(failure(), say("too late"))
    with caplog.at_level(logging.WARNING, "chatkit_host"):
        await visitor.say("hi")
    error = error_of(visitor)
    assert words in error["message"]
    assert error["allow_retry"] is allow_retry
    assert SECRET not in json.dumps(visitor.events)
    [error_id] = re.findall(r"err_\w+", error["message"])
    assert error_id in caplog.text


@pytest.mark.parametrize("ending", [die, hang, lambda: break_off("server_error", SECRET)])
async def test_text_that_was_seen_stays_and_is_not_asked_for_again(
    visitor: Visitor, model_server: ModelServer, ending: Any
) -> None:
    model_server.reply(say("Half an answer"), ending())
    await visitor.say("hi")
    assert error_of(visitor)["allow_retry"] is True
    assert await stored_text(visitor) == "Half an answer"
    assert len(model_server.requests) == 1
    assert SECRET not in json.dumps(visitor.events)


async def test_an_answer_that_became_too_long_stays(
    visitor: Visitor, model_server: ModelServer
) -> None:
    # Chat Completions ends such an answer as any other; here a server says it as an error.
    model_server.reply(say("Very long"), break_off("max_output_tokens"))
    await visitor.say("hi")
    assert await stored_text(visitor) == "Very long"
    assert error_of(visitor)["allow_retry"] is True


READ: list[tuple[Part, str]] = [
    (call("broken"), "not yours to mend"),
    (call("endless"), "took longer than 0.05 s"),
    (call("no_such_tool"), "no_such_tool"),
    (call("strict", "{count"), "not valid JSON"),
    (call("strict", {"count": "x"}), "count: 'x' is not of type 'integer'"),
    (call("strict", "[1]"), "must be a JSON object"),
]


@pytest.mark.parametrize(("called", "read"), READ)
async def test_a_tool_that_fails_is_the_models_to_deal_with(
    visitor: Visitor, model_server: ModelServer, called: Part, read: str
) -> None:
    model_server.reply(called)
    model_server.reply(say("I am sorry."))
    assert await visitor.say("go") == "I am sorry."
    assert visitor.errors() == []
    sent = json.dumps(messages_sent(model_server), ensure_ascii=False)
    assert read in sent.replace('\\"', '"')
    assert SECRET not in sent + json.dumps(visitor.events)


async def test_an_error_that_is_meant_for_the_user_reaches_it(
    visitor: Visitor, model_server: ModelServer
) -> None:
    model_server.reply(call("closed"))
    await visitor.say("go")
    error = error_of(visitor)
    assert (error["message"], error["allow_retry"]) == ("The shop is closed.", False)


async def test_too_many_turns(visitor: Visitor, model_server: ModelServer) -> None:
    for _ in range(3):
        model_server.reply(call("strict", {"count": 1}))
    await visitor.say("go on and on")
    assert "more steps" in error_of(visitor)["message"]


async def test_after_an_error_the_same_message_can_be_tried_again(
    visitor: Visitor, model_server: ModelServer
) -> None:
    for _ in range(2):
        model_server.reply(fail(500))
    await visitor.say("hi")
    assert error_of(visitor)["allow_retry"] is True
    [message] = visitor.items("user_message")
    model_server.reply(say("Here I am."))
    await visitor.stream(
        "threads.retry_after_item", thread_id=visitor.thread_id, item_id=message["id"]
    )
    assert visitor.said() == "Here I am."
