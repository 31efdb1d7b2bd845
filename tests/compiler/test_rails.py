"""What a single guardrail finds, and what it does to a tool."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatkit_host.compiler.models import pattern
from chatkit_host.compiler.rails import keywords_pattern
from tests.compiler.bots import Conversation, make_bot, said
from tests.model_server.script import call, say
from tests.model_server.server import ModelServer

BOT = """
models: {{ default: {{ model: m, base_url: {url}, api_key: k }} }}
agents:
  waiter:
    instructions: You wait.
    tools: [order, bill]
    guardrails: {{ input: [short] }}
tools:
  order:
    description: Order.
    parameters: {{ dishes: {{ type: array, items: {{ name: string }} }} }}
    steps: [{{ message: "Ordered." }}, {{ return: done }}]
    guardrails: {{ input: [drinks] }}
  bill:
    description: Bill.
    return: {{ sum: 1234 }}
    widget: bill
    guardrails: {{ output: [numbers] }}
widgets: {{ bill: {{ data: {{ sum: integer }}, template: {{ type: Card, children: [] }} }} }}
guardrails:
  short: {{ max_length: 20, message: Be brief. }}
  drinks: {{ keywords: [ale, red wine, whisk*], message: "No drinks, {{{{ user.name }}}}." }}
  numbers: {{ deny: '\\d{{4}}' }}
storage: "memory:"
"""


@pytest.fixture
async def talk(tmp_path: Path, model_server: ModelServer) -> AsyncIterator[Conversation]:
    app = make_bot(tmp_path, BOT.format(url=model_server.base_url))
    yield Conversation(app)
    await app.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("an ALE, please", True),
        ("ale", True),
        ("a pale one, female", False),
        ("red\n  wine!", True),
        ("whiskey", True),
        ("äle", False),
        ("aleä", False),
    ],
)
def test_keywords_are_whole_words_of_any_script(text: str, found: bool) -> None:
    compiled = pattern(keywords_pattern(["ale", "red wine", "whisk*"]))
    assert bool(compiled.search(text)) is found


def test_keywords_are_no_patterns() -> None:
    compiled = pattern(keywords_pattern(["c++", "a.b"]))
    assert compiled.search("in c++ now")
    assert not compiled.search("axb")


async def test_a_message_that_is_too_long_reaches_no_model(
    talk: Conversation, model_server: ModelServer
) -> None:
    events = await talk.say("x" * 21)
    assert [e["message"] for e in events if e["type"] == "error"] == ["Be brief."]
    assert model_server.requests == []


async def test_a_tool_is_not_called_with_arguments_that_are_denied(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(call("order", {"dishes": [{"name": "Soup"}, {"name": "Red wine"}]}))
    model_server.reply(say("Sorry."))
    assert said(await talk.say("Soup and wine")) == ["Sorry."]
    assert "No drinks, Ann." in json.dumps(model_server.requests[-1].body)


async def test_a_result_that_is_denied_is_neither_handed_on_nor_shown(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(call("bill"))
    model_server.reply(say("I may not say."))
    await talk.say("The bill")
    assert "1234" not in json.dumps(model_server.requests[-1].body)
    assert "widget" not in [item.type for item in await talk.items()]
