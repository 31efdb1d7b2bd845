"""Guardrails of a declared bot: the model is not asked, is stopped, or its answer is taken back."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.compiler.bots import ANN, Conversation, make_bot, said
from tests.model_server.script import call, hang, say
from tests.model_server.server import ModelServer
from tests.server.servers import request
from tests.server.servers import talk as ask_for_events

BOT = """
models:
  default: {{ model: m, base_url: {url}, api: {api}, api_key: k }}
agents:
  waiter:
    instructions: You wait.
    tools: [ask_vet, look, ask_card]
    guardrails: {{ input: [cards, slow], output: [prices] }}
  vet: {{ instructions: You heal., guardrails: {{ input: [cards] }} }}
respond: {{ agent: waiter }}
guardrails:
  cards: {{ deny: '\\d{{4}}', message: "No cards, {{{{ user.name }}}}." }}
  prices: {{ deny: EUR }}
  slow: {{ python: "rails_of_a_test:look", message: Not this. }}
tools:
  ask_vet: {{ description: Ask., agent: vet }}
  ask_card:
    description: Ask for the card.
    steps: [{{ structured_input: {{ card: Which card? }} }}]
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


def mention(**more: Any) -> dict[str, Any]:
    """Something that a message mentions."""
    return {"type": "input_tag", "id": "plant", "text": "Fern", "data": {}, **more}


def errors(events: list[dict[str, Any]]) -> list[str]:
    return [event["message"] for event in events if event["type"] == "error"]


async def test_a_pattern_stops_the_model_before_it_is_asked(
    talk: Conversation, model_server: ModelServer
) -> None:
    events = await talk.say("My card is 1234")
    assert errors(events) == ["No cards, Ann."]
    assert model_server.requests == []


@pytest.mark.parametrize(
    ("content", "quoted"),
    [
        ([{"type": "input_text", "text": "Pay it"}], "The card is 1234"),
        ([mention(data={"of": ["the card 1234"]})], None),
        ([mention(data={"1234": True})], None),
        ([mention(id="1234")], None),
        ([mention(group="1234")], None),
    ],
)
async def test_what_is_quoted_and_mentioned_is_looked_at_too(
    content: list[dict[str, Any]], quoted: str | None, talk: Conversation, model_server: ModelServer
) -> None:
    given: dict[str, Any] = {
        "content": content,
        "quoted_text": quoted,
        "attachments": [],
        "inference_options": {},
    }
    events = await ask_for_events(talk.app.server, request("threads.create", input=given), ANN)
    assert errors(events) == ["No cards, Ann."]
    assert model_server.requests == []


async def test_a_function_gets_what_is_quoted_in_the_same_text(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(say("Well"))
    content = [{"type": "input_text", "text": "Is it so?"}]
    given = {"content": content, "quoted_text": "It is.", "attachments": []}
    body = request("threads.create", input={**given, "inference_options": {}})
    await ask_for_events(talk.app.server, body, ANN)
    assert sys.modules["rails_of_a_test"].calls == ["Is it so?\nIt is."]


async def test_answers_are_looked_at_and_those_that_are_blocked_are_never_read(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(call("ask_card"))
    await talk.say("I want to pay")
    [questions] = [item for item in await talk.items() if item.type == "structured_input"]
    body = request(
        "threads.add_structured_input",
        thread_id=talk.thread_id,
        item_id=questions.id,
        input={"answers": {"card": {"values": ["It is 1234"]}}},
    )
    assert errors(await ask_for_events(talk.app.server, body, ANN)) == ["No cards, Ann."]
    model_server.reply(say("Hello"))
    assert said(await talk.say("Hi")) == ["Hello"]
    assert "1234" not in str([received.body for received in model_server.requests])


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
