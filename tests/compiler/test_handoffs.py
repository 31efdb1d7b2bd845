"""Handoffs: when they may be made, and what the other agent reads then."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.compiler.bots import Conversation, make_bot, said
from tests.model_server.script import call, say
from tests.model_server.server import ModelServer

BOT = """
models: {{ default: {{ model: m, base_url: {url}, api: {api}, api_key: k }} }}
state: {{ open: false }}
agents:
  front:
    instructions: You stand in front.
    tools: [open]
    handoffs:
      - {{ agent: all, description: Everything. }}
      - {{ agent: words, history: messages }}
      - {{ agent: one, history: last, if: state.open }}
  all: {{ instructions: All. }}
  words: {{ instructions: Words. }}
  one: {{ instructions: One. }}
respond: {{ agent: front }}
tools:
  open:
    description: Open.
    steps: [{{ set: {{ state.open: true }} }}, {{ return: key 7 }}]
storage: "memory:"
"""


@pytest.fixture(params=["responses", "chat_completions"])
async def talk(
    request: pytest.FixtureRequest, tmp_path: Path, model_server: ModelServer
) -> AsyncIterator[Conversation]:
    app = make_bot(tmp_path, BOT.format(url=model_server.base_url, api=request.param))
    yield Conversation(app)
    await app.close()


def sent(model_server: ModelServer, number: int) -> str:
    return json.dumps(model_server.requests[number].body)


async def hand_over(talk: Conversation, model_server: ModelServer, agent: str) -> Any:
    model_server.reply(say("Hello."))
    await talk.say("Hi")
    model_server.reply(call("open"))
    model_server.reply(call(f"transfer_to_{agent}"))
    model_server.reply(say("Here I am."))
    assert said(await talk.say("Let me in")) == ["Here I am."]
    return sent(model_server, -1)


async def test_the_other_agent_reads_all_of_it(
    talk: Conversation, model_server: ModelServer
) -> None:
    read = await hand_over(talk, model_server, "all")
    assert all(text in read for text in ("Hi", "Hello.", "Let me in", "key 7"))


async def test_or_no_calls(talk: Conversation, model_server: ModelServer) -> None:
    read = await hand_over(talk, model_server, "words")
    assert all(text in read for text in ("Hi", "Hello.", "Let me in"))
    assert "key 7" not in read
    assert "call_id" not in read


async def test_or_the_last_word_alone(talk: Conversation, model_server: ModelServer) -> None:
    read = await hand_over(talk, model_server, "one")
    assert "Let me in" in read
    assert not any(text in read for text in ("Hello.", "key 7", "call_id"))


async def test_a_handoff_is_offered_when_its_condition_holds(
    talk: Conversation, model_server: ModelServer
) -> None:
    await hand_over(talk, model_server, "one")
    assert "transfer_to_one" not in sent(model_server, 1)
    assert "transfer_to_one" in sent(model_server, 2)
    assert "Everything." in sent(model_server, 1)


async def test_rules_hand_over_and_go_on_after_a_result(tmp_path: Path) -> None:
    app = make_bot(
        tmp_path,
        """
        models:
          default:
            provider: rules
            rules:
              - match: vet
                call: look
                then: [{ say: "Saw {{ result }}." }, { call: look }, { handoff: vet }]
              - match: twice
                call: look
                say: One.
                then: [{ call: look }, { say: "{{ result }}" }]
              - { match: look, call: look, then: [{ call: look }] }
          vet: { provider: rules, rules: [{ say: Woof. }] }
        agents:
          front: { instructions: x, tools: [look], handoffs: [vet] }
          vet: { instructions: x, model: vet }
        respond: { agent: front }
        tools: { look: { description: Look., return: fleas } }
        storage: "memory:"
        """,
    )
    assert said(await Conversation(app).say("twice")) == ["One.", "fleas"]
    assert said(await Conversation(app).say("look")) == ["fleas"]
    talk = Conversation(app)
    assert said(await talk.say("the vet")) == ["Saw fleas.", "Woof."]
    assert said(await talk.say("look")) == ["Woof."]


RULES = """
models:
  front:
    provider: rules
    rules:
      - { match: open, call: open, say: It is open. }
      - { match: back, handoff: back }
      - { match: back, say: The back is closed. }
  back: { provider: rules, rules: [{ say: Here in the back. }] }
state: { open: false }
agents:
  front:
    instructions: x
    model: front
    tools: [open]
    handoffs: [{ agent: back, if: state.open }]
  back: { instructions: x, model: back }
tools: { open: { steps: [{ set: { state.open: true } }] } }
respond: { agent: front }
storage: "memory:"
"""


async def test_a_rule_whose_handoff_is_not_offered_is_passed_over(tmp_path: Path) -> None:
    app = make_bot(tmp_path, RULES)
    talk = Conversation(app)
    assert said(await talk.say("To the back")) == ["The back is closed."]
    assert said(await talk.say("Please open")) == ["It is open."]
    assert said(await talk.say("To the back")) == ["Here in the back."]
    await app.close()
