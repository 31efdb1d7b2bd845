"""Answers that are data: shown as text, as a widget, or written to the state."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.compiler.bots import Conversation, done, make_bot, said
from tests.model_server.script import call, refuse, say
from tests.model_server.server import ModelServer

BOT = """
models: {{ default: {{ model: m, base_url: {url}, api: {api}, api_key: k }} }}
state: {{ trip: none }}
agents:
  front:
    instructions: You stand in front.
    tools: [ask_sorter, ask_writer]
    stop_at: [ask_writer]
    guardrails: {{ output: [prices] }}
  writer: {{ instructions: You write., guardrails: {{ output: [prices], input: [cards] }} }}
  sorter:
    instructions: You sort.
    output:
      schema: {{ city: string, days: {{ type: integer, optional: true }} }}
{output}
  plain: {{ instructions: You sort., output: {{ schema: {{ city: string }} }} }}
respond: {{ agent: {agent} }}
tools:
  ask_sorter: {{ description: Sort., agent: sorter }}
  ask_writer: {{ description: Write., agent: writer }}
guardrails: {{ prices: {{ deny: EUR }}, cards: {{ deny: '[0-9]{{4}}', message: No cards. }} }}
widgets:
  trip:
    data: {{ city: string, days: {{ type: integer, optional: true }} }}
    template: {{ type: Card, children: [{{ type: Text, value: "{{{{ city }}}}" }}] }}
storage: "memory:"
"""

STEPS = """\
      widget: trip
      steps:
        - set: { state.trip: "{{ output }}" }
        - if: output.days is none
          then: [{ message: "How long in {{ output.city }}?" }]
"""


class Bots:
    """Bots of one test, closed at its end."""

    def __init__(self, folder: Path, server: ModelServer, api: str) -> None:
        self.folder, self.server, self.api = folder, server, api
        self.open: list[Any] = []

    def talk(self, agent: str, output: str = STEPS) -> Conversation:
        text = BOT.format(url=self.server.base_url, api=self.api, agent=agent, output=output)
        self.open.append(make_bot(self.folder, text))
        return Conversation(self.open[-1])


@pytest.fixture(params=["responses", "chat_completions"])
async def bots(
    request: pytest.FixtureRequest, tmp_path: Path, model_server: ModelServer
) -> AsyncIterator[Bots]:
    made = Bots(tmp_path, model_server, request.param)
    yield made
    for app in made.open:
        await app.close()


def errors(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event for event in events if event["type"] == "error"]


async def test_an_answer_that_is_data_is_used_and_not_read_out(
    bots: Bots, model_server: ModelServer
) -> None:
    talk = bots.talk("sorter")
    model_server.reply(say('{"city": "Rome"}'))
    events = await talk.say("A trip")
    assert said(events) == ["How long in Rome?"]
    assert "text_delta" not in json.dumps(events)
    assert done(events, "widget")[0]["widget"]["children"][0]["value"] == "Rome"
    assert (await talk.state())["trip"] == {"city": "Rome", "days": None}


async def test_the_model_is_held_to_the_schema(bots: Bots, model_server: ModelServer) -> None:
    talk = bots.talk("sorter")
    model_server.reply(say('```json\n{"city": "Rome", "days": 2}\n```'))
    await talk.say("A trip")
    assert (await talk.state())["trip"] == {"city": "Rome", "days": 2}
    body = json.dumps(model_server.requests[0].body)
    assert '"strict": true' in body
    assert '"required": ["city", "days"]' in body


async def test_an_answer_that_does_not_fit_is_an_error_and_changes_nothing(
    bots: Bots, model_server: ModelServer
) -> None:
    talk = bots.talk("sorter")
    model_server.reply(say('{"town": "Rome"}'))
    (error,) = errors(await talk.say("A trip"))
    assert error["allow_retry"]
    assert "Rome" not in error["message"]
    assert (await talk.state())["trip"] == "none"


async def test_a_refusal_is_said(bots: Bots, model_server: ModelServer) -> None:
    talk = bots.talk("sorter")
    model_server.reply(refuse("I will not."))
    assert said(await talk.say("A trip")) == ["I will not."]


async def test_without_more_the_data_is_the_text(bots: Bots, model_server: ModelServer) -> None:
    model_server.reply(say('{"city": "Rome"}'))
    assert said(await bots.talk("plain").say("A trip")) == ['{"city": "Rome"}']


async def test_a_step_that_fails_tells_the_user(bots: Bots, model_server: ModelServer) -> None:
    talk = bots.talk("sorter", "      steps: [{ error: 'No {{ output.city }}.' }]")
    model_server.reply(say('{"city": "Rome"}'))
    assert [e["message"] for e in errors(await talk.say("A trip"))] == ["No Rome."]


async def test_an_agent_that_is_asked_as_a_tool_gives_its_data(
    bots: Bots, model_server: ModelServer
) -> None:
    model_server.reply(call("ask_sorter", {"input": "Rome?"}))
    model_server.reply(say('{"city": "Rome"}'))
    model_server.reply(say("It is Rome."))
    events = await bots.talk("front").say("A trip")
    assert said(events) == ["It is Rome."]
    assert done(events, "widget") == []
    assert json.dumps('{"city": "Rome", "days": null}') in json.dumps(
        model_server.requests[-1].body
    )


async def test_an_agent_to_stop_at_streams_as_the_answer(
    bots: Bots, model_server: ModelServer
) -> None:
    talk = bots.talk("front")
    model_server.reply(call("ask_writer", {"input": "A poem"}))
    model_server.reply(say("Roses are red."))
    events = await talk.say("A poem, please")
    assert said(events) == ["Roses are red."]
    deltas = [e for e in events if "text_delta" in json.dumps(e)]
    assert len(deltas) > 1
    assert len(model_server.requests) == 2
    model_server.reply(say("You are welcome."))
    assert said(await talk.say("Thanks")) == ["You are welcome."]
    assert "Roses are red." in json.dumps(model_server.requests[-1].body)


async def test_what_it_says_is_taken_back_by_its_own_guardrails(
    bots: Bots, model_server: ModelServer
) -> None:
    talk = bots.talk("front")
    model_server.reply(call("ask_writer", {"input": "A poem"}))
    model_server.reply(say("It is 3 EUR."))
    assert len(errors(await talk.say("A poem, please"))) == 1
    assert "assistant_message" not in [item.type for item in await talk.items()]


async def test_what_it_may_not_be_asked_is_told_to_the_caller(
    bots: Bots, model_server: ModelServer
) -> None:
    model_server.reply(call("ask_writer", {"input": "1234"}))
    model_server.reply(say("The writer takes no cards."))
    events = await bots.talk("front").say("Card")
    assert said(events) == ["The writer takes no cards."]
    assert "Error: No cards." in json.dumps(model_server.requests[-1].body)
    assert len(model_server.requests) == 2
