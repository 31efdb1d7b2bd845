"""Who answers a message, which model thinks, and which tool it begins with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from chatkit_host.errors import InvalidRequestError
from tests.compiler.bots import Conversation, make_bot, said
from tests.model_server.script import call, say
from tests.model_server.server import ModelServer
from tests.server.servers import request, talk

ROUTES = """
models:
  default: { provider: rules, rules: [{ say: "Default." }] }
  cook:
    provider: rules
    rules: [{ match: page, call: look }, { say: "Cook." }]
  vet: { provider: rules, rules: [{ say: "Vet." }] }
state: { ill: false }
agents:
  waiter: { instructions: You wait. }
  cook: { instructions: You cook., model: cook, handoffs: [vet], tools: [look] }
  vet: { instructions: You heal., model: vet }
tools: { look: { client: {} } }
respond:
  agent: waiter
  routes:
    - { if: "tool_choice == 'kitchen'", agent: cook }
    - { if: "'cat' in text or state.ill", agent: vet }
storage: "memory:"
"""

MODELS = """
models:
  default: {{ model: quick, base_url: {url}, api: {api}, api_key: k }}
  slow: {{ model: slow, base_url: {url}, api: {api}, api_key: k }}
agents: {{ waiter: {{ instructions: You wait., tools: [pour] }} }}
tools: {{ pour: {{ description: Pour., return: Poured. }} }}
ui:
  composer:
    tools: [{{ id: pour, label: Pour, icon: star }}]
    models: [{{ id: default, label: Quick }}, {{ id: slow, label: Slow }}]
storage: "memory:"
"""


async def say_with(conversation: Conversation, text: str, **options: Any) -> list[dict[str, Any]]:
    """One message with what was picked in the composer; the first begins a thread."""
    given = {
        "content": [{"type": "input_text", "text": text}],
        "attachments": [],
        "inference_options": options,
    }
    if conversation.thread_id:
        kind, where = "threads.add_user_message", {"thread_id": conversation.thread_id}
    else:
        kind, where = "threads.create", {}
    events = await talk(
        conversation.app.server, request(kind, **where, input=given), conversation.context
    )
    if not conversation.thread_id:
        conversation.thread_id = events[0]["thread"]["id"]
    return events


async def test_the_first_route_that_holds_says_who_answers(tmp_path: Path) -> None:
    conversation = Conversation(make_bot(tmp_path, ROUTES))
    picked = {"tool_choice": {"id": "kitchen"}}
    assert said(await say_with(conversation, "A cat", **picked)) == ["Cook."]
    assert said(await say_with(conversation, "A cat")) == ["Vet."]
    assert said(await say_with(conversation, "A dog")) == ["Default."]


async def test_who_asks_the_page_gets_its_answer(tmp_path: Path) -> None:
    conversation = Conversation(make_bot(tmp_path, ROUTES))
    await say_with(conversation, "page", tool_choice={"id": "kitchen"})
    body = request(
        "threads.add_client_tool_output", thread_id=conversation.thread_id, result={"seen": 1}
    )
    events = await talk(conversation.app.server, body, conversation.context)
    assert said(events) == ['{"seen": 1}']  # the rule's own: the default agent has none
    assert said(await say_with(conversation, "Hi")) == ["Default."]


@pytest.fixture(params=["responses", "chat_completions"])
async def guest(
    request: pytest.FixtureRequest, tmp_path: Path, model_server: ModelServer
) -> AsyncIterator[Conversation]:
    app = make_bot(tmp_path, MODELS.format(url=model_server.base_url, api=request.param))
    yield Conversation(app)
    await app.close()


async def test_the_model_that_was_picked_thinks(
    guest: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(say("Slowly."))
    model_server.reply(say("Quickly."))
    await say_with(guest, "Hi", model="slow")
    await say_with(guest, "Hi")
    assert [received.body["model"] for received in model_server.requests] == ["slow", "quick"]


async def test_a_model_that_is_not_offered_is_refused(guest: Conversation) -> None:
    with pytest.raises(InvalidRequestError, match="'gpt-9' is not offered here; there is: default"):
        await say_with(guest, "Hi", model="gpt-9")


async def test_the_tool_that_was_picked_is_used_first(
    guest: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(call("pour"))
    model_server.reply(say("There."))
    await say_with(guest, "Hi", tool_choice={"id": "pour"})
    first, second = (received.body.get("tool_choice") for received in model_server.requests)
    assert "pour" in str(first)
    assert "pour" not in str(second)
