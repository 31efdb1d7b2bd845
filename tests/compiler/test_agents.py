"""Declared agents talk to a real model server, through either of its APIs."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.compiler.bots import Conversation, make_bot, said
from tests.model_server.script import call, fail, say
from tests.model_server.server import ModelServer
from tests.server.servers import types_of

APIS = ["responses", "chat_completions"]

BOT = """
models:
  default: {{ model: test-model, base_url: {url}, api: {api}, api_key: sk-test }}
state: {{ cups: 1 }}
agents:
  waiter:
    instructions: "Cups: {{{{ state.cups }}}}."
    tools: [pour]
    handoffs: [cook]
  cook: {{ instructions: You cook., description: Cooks. }}
respond:
  agent: waiter
  title: "{{{{ text | truncate(9) }}}}"
  context: "<GUEST>{{{{ user.name }}}}</GUEST>"
tools:
  pour:
    description: Pour cups.
    parameters: {{ cups: integer }}
    steps:
      - set: {{ state.cups: "{{{{ state.cups + cups }}}}" }}
      - return: {{ cups: "{{{{ state.cups }}}}" }}
storage: "memory:"
"""


@pytest.fixture(params=APIS)
async def talk(
    request: pytest.FixtureRequest, tmp_path: Path, model_server: ModelServer
) -> AsyncIterator[Conversation]:
    text = BOT.format(url=model_server.base_url, api=request.param)
    app = make_bot(tmp_path, text)
    yield Conversation(app)
    await app.close()


def seen(model_server: ModelServer, number: int = -1) -> str:
    """What the model was sent, as text."""
    return json.dumps(model_server.requests[number].body, ensure_ascii=False)


async def test_text_streams_from_the_model(talk: Conversation, model_server: ModelServer) -> None:
    model_server.reply(say("Good day, Ann."))
    events = await talk.say("Hello")
    assert said(events) == ["Good day, Ann."]


async def test_instructions_and_context_are_rendered_for_each_turn(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(say("Hi."))
    await talk.say("Hello")
    assert "Cups: 1." in seen(model_server)
    assert "<GUEST>Ann</GUEST>" in seen(model_server)


async def test_a_tool_changes_the_state_that_the_next_call_of_the_model_sees(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(call("pour", {"cups": 2}))
    model_server.reply(say("Poured."))
    assert said(await talk.say("Two cups")) == ["Poured."]
    assert "Cups: 3." in seen(model_server)


async def test_the_second_turn_knows_calls_and_outputs_of_the_first(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(call("pour", {"cups": 2}))
    model_server.reply(say("Poured."))
    model_server.reply(say("Three."))
    await talk.say("Two cups")
    assert said(await talk.say("How many?")) == ["Three."]
    sent = seen(model_server)
    assert all(part in sent for part in ("Two cups", "pour", "Poured.", "How many?"))
    assert sent.count('\\"cups\\": 3') == 1


async def test_a_title_is_given_once(talk: Conversation, model_server: ModelServer) -> None:
    model_server.reply(say("Hi."))
    model_server.reply(say("Hi."))
    events = [*await talk.say("Hello there, waiter"), *await talk.say("Again")]
    titles = {e["thread"].get("title") for e in events if e["type"] == "thread.updated"}
    assert titles - {None} == {"Hello..."}


async def test_a_handoff_is_kept_for_the_next_turn(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(call("transfer_to_cook"))
    model_server.reply(say("I cook."))
    model_server.reply(say("Still I."))
    await talk.say("Something hot")
    await talk.say("And now?")
    assert "You cook." in seen(model_server)


async def test_a_model_that_fails_gives_an_error_that_tells_nothing_internal(
    talk: Conversation, model_server: ModelServer
) -> None:
    for _ in range(4):
        model_server.reply(fail(400, "the secret of the provider"))
    events: list[dict[str, Any]] = await talk.say("Hello")
    assert "error" in types_of(events)
    assert "secret" not in str(events)


async def test_an_agent_talks_to_the_model_that_it_names(
    tmp_path: Path, model_server: ModelServer
) -> None:
    text = f"""
models:
  small: {{ model: small-model, base_url: {model_server.base_url}, api_key: k }}
agents: {{ helper: {{ instructions: Help., model: small }} }}
storage: "memory:"
"""
    model_server.reply(say("Hi."))
    app = make_bot(tmp_path, text)
    await Conversation(app).say("Hello")
    await app.close()
    assert model_server.requests[-1].body["model"] == "small-model"


STOPPING = """
models:
  default: {{ model: test-model, base_url: {url}, api: {api}, api_key: sk-test }}
agents: {{ waiter: {{ instructions: Serve., tools: [serve], stop_at: [serve] }} }}
tools:
  serve:
    parameters: {{ dish: string }}
    steps:
      - {{ if: dish == 'soup', error: There is no soup left. }}
      - message: "Here is your {{{{ dish }}}}."
storage: "memory:"
"""


@pytest.mark.parametrize("api", APIS)
async def test_after_a_call_that_failed_the_model_goes_on_where_it_would_have_stopped(
    tmp_path: Path, model_server: ModelServer, api: str
) -> None:
    app = make_bot(tmp_path, STOPPING.format(url=model_server.base_url, api=api))
    model_server.reply(call("serve", {"dish": "soup"}))
    model_server.reply(call("serve", {"dish": "stew"}))
    assert said(await Conversation(app).say("Soup or stew")) == ["Here is your stew."]
    assert "Error: There is no soup left." in seen(model_server)
    assert len(model_server.requests) == 2
    await app.close()
