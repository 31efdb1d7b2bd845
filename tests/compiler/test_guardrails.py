"""Guardrails of a declared bot: the model is not asked, is stopped, or its answer is taken back."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.compiler.bots import Conversation, make_bot, said
from tests.model_server.script import call, hang, say
from tests.model_server.server import ModelServer

BOT = """
models:
  default: {{ model: m, base_url: {url}, api: {api}, api_key: k }}
agents:
  waiter:
    instructions: You wait.
    tools: [ask_vet, look]
    guardrails: {{ input: [cards, slow], output: [prices] }}
  vet: {{ instructions: You heal., guardrails: {{ input: [cards] }} }}
respond: {{ agent: waiter }}
guardrails:
  cards: {{ deny: '\\d{{4}}', message: "No cards, {{{{ user.name }}}}." }}
  prices: {{ deny: EUR }}
  slow: {{ python: "rails_of_a_test:look", message: Not this. }}
tools:
  ask_vet: {{ description: Ask., agent: vet }}
  look: {{ description: Look., steps: [{{ message: Looking. }}] }}
plugins: [rails_of_a_test]
storage: "memory:"
"""

RAILS = """
import asyncio
calls = []
waits_for = None

async def look(text, context):
    calls.append(text)
    if "stop" in text:
        await asyncio.to_thread(waits_for.wait, 10)
    return "Own words." if "words" in text else "stop" in text
"""


@pytest.fixture(params=["responses", "chat_completions"])
async def talk(
    request: pytest.FixtureRequest, tmp_path: Path, model_server: ModelServer
) -> AsyncIterator[Conversation]:
    (tmp_path / "rails_of_a_test.py").write_text(RAILS)
    app = make_bot(tmp_path, BOT.format(url=model_server.base_url, api=request.param))
    yield Conversation(app)
    await app.close()
    sys.modules.pop("rails_of_a_test", None)
    sys.path.remove(str(tmp_path))


def errors(events: list[dict[str, Any]]) -> list[str]:
    return [event["message"] for event in events if event["type"] == "error"]


async def test_a_pattern_stops_the_model_before_it_is_asked(
    talk: Conversation, model_server: ModelServer
) -> None:
    events = await talk.say("My card is 1234")
    assert errors(events) == ["No cards, Ann."]
    assert model_server.requests == []


async def test_no_later_model_reads_what_was_blocked(
    talk: Conversation, model_server: ModelServer
) -> None:
    await talk.say("My card is 1234")
    model_server.reply(say("Hello"))
    assert said(await talk.say("Hi")) == ["Hello"]
    assert "1234" not in str([received.body for received in model_server.requests])
    first, *_ = await talk.items()
    assert first.type == "user_message"


async def test_a_function_stops_the_model_at_once(
    talk: Conversation, model_server: ModelServer
) -> None:
    pause = hang()
    model_server.reply(say("Well"), pause)
    sys.modules["rails_of_a_test"].waits_for = pause.reached  # type: ignore[attr-defined]
    events = await talk.say("Please stop")
    assert errors(events) == ["Not this."]
    assert [i.type for i in await talk.items()] == ["user_message"]
    await model_server.wait(pause.disconnected)


async def test_a_function_may_have_words_of_its_own(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(say("Hello"))
    assert errors(await talk.say("Your words?")) == ["Own words."]


async def test_an_answer_is_taken_back_and_what_came_before_it_stays(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(say("Let me see. "), call("look"))
    model_server.reply(say("It is 3 EUR."))
    events = await talk.say("How much?")
    assert errors(events) == ["This cannot be answered here."]
    kept = [item.content[0].text for item in await talk.items() if item.type == "assistant_message"]
    assert kept == ["Let me see. ", "Looking."]


async def test_an_agent_that_is_a_tool_has_its_own(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(call("ask_vet", {"input": "1234?"}))
    model_server.reply(say("The vet will not say."))
    assert said(await talk.say("Ask the vet")) == ["The vet will not say."]
    assert "No cards, Ann." in str(model_server.requests[-1].body)


async def test_no_title_is_thought_of_for_what_was_blocked(
    tmp_path: Path, model_server: ModelServer
) -> None:
    (tmp_path / "rails_of_a_test.py").write_text(RAILS)
    text = BOT.format(url=model_server.base_url, api="responses")
    app = make_bot(tmp_path, text, "respond: { agent: waiter, title: auto }")
    await Conversation(app).say("My card is 1234")
    assert model_server.requests == []
    await app.close()
    sys.modules.pop("rails_of_a_test", None)
    sys.path.remove(str(tmp_path))
