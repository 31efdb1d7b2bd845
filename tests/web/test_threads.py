"""Status, retries and feedback over HTTP, at a bot of a chatkit.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.examples.visitor import Json, Visitor
from tests.model_server.script import fail, say
from tests.model_server.server import ModelServer
from tests.web.hosted import APIS, given_to_model, hosted, model_at, refusal

BOT = """
models:
  default:
    provider: rules
    rules:
      - { match: lock, call: lock, say: Locked. }
      - { match: odd, call: odd, say: "{{ result }}" }
      - say: "You said: {{ text }}"
agents: { helper: { instructions: Help., tools: [lock, odd] } }
tools:
  lock:
    description: Lock it.
    steps:
      - set: { thread.status: { type: locked, reason: "{{ user.id and 'Lunch.' }}" } }
  odd: { description: Odd., steps: [set: { thread.status: "{{ 'shut' }}" }] }
actions:
  shop.open: { from: page, steps: [set: { thread.status: active }, message: Open.] }
storage: "memory:"
"""


async def test_a_step_locks_the_thread_with_a_reason_and_an_action_opens_it(tmp_path: Path) -> None:
    async with hosted(tmp_path, BOT) as visitor:
        assert await visitor.say("lock it") == "Locked."
        told = [e["thread"]["status"] for e in visitor.events if e["type"] == "thread.updated"]
        assert {"type": "locked", "reason": "Lunch."} in told
        message = {"content": [{"type": "input_text", "text": "x"}], "attachments": []}
        status, error = await refusal(
            visitor,
            "threads.add_user_message",
            thread_id=visitor.thread_id,
            input={**message, "inference_options": {}},
        )
        assert (status, error["code"]) == (409, "thread_locked")
        assert error["message"].endswith("The reason: Lunch.")
        where = {"thread_id": visitor.thread_id, "action": {"type": "shop.open"}}
        await visitor.stream("threads.custom_action", **where)
        assert visitor.said() == "Open."
        assert await visitor.say("hi") == "You said: hi"


async def test_a_status_that_is_none_is_a_failure_of_the_tool_and_changes_nothing(
    tmp_path: Path,
) -> None:
    async with hosted(tmp_path, BOT) as visitor:
        assert "failed" in await visitor.say("odd")
        thread = await visitor.ask("threads.get_by_id", thread_id=visitor.thread_id)
        assert thread["status"] == {"type": "active"}


def users_message(visitor: Visitor) -> Json:
    return visitor.items("user_message")[0]


@pytest.mark.parametrize("api", APIS)
async def test_a_retry_forgets_the_later_items_and_survives_a_failure(
    tmp_path: Path, model_server: ModelServer, api: str
) -> None:
    agent = 'agents: { helper: { instructions: Help. } }\nstorage: "memory:"'
    for text in ("One.", "Two."):
        model_server.reply(say(text))
    async with hosted(tmp_path, agent, model_at(model_server, api)) as visitor:
        await visitor.say("First")
        first = users_message(visitor)["id"]
        await visitor.say("Second")
        again = {"thread_id": visitor.thread_id, "item_id": first}
        model_server.reply(fail(400))
        await visitor.stream("threads.retry_after_item", **again)
        assert visitor.errors()
        model_server.reply(say("Once more."))
        await visitor.stream("threads.retry_after_item", **again)
        assert visitor.said() == "Once more."
        page = await visitor.ask("items.list", thread_id=visitor.thread_id)
        assert [item["type"] for item in page["data"]] == ["assistant_message", "user_message"]
        unknown = {"thread_id": visitor.thread_id, "item_id": "msg_none"}
        assert (await refusal(visitor, "threads.retry_after_item", **unknown))[0] == 404
    assert given_to_model(model_server.requests[-1].body) == [{"user": "First"}]


async def test_feedback_is_the_owners_and_needs_items_that_are_there(tmp_path: Path) -> None:
    async with hosted(tmp_path, BOT) as visitor:
        await visitor.say("hi")
        item_id = visitor.items("assistant_message")[0]["id"]
        thumbs = {"thread_id": visitor.thread_id, "item_ids": [item_id], "kind": "negative"}
        assert await visitor.ask("items.feedback", **thumbs) == {}
        unknown = {**thumbs, "item_ids": ["msg_none"]}
        assert (await refusal(visitor, "items.feedback", **unknown))[0] == 404
        sideways = {**thumbs, "kind": "sideways"}
        assert (await refusal(visitor, "items.feedback", **sideways))[0] == 400
        visitor.browser.cookies.clear()
        assert (await refusal(visitor, "items.feedback", **thumbs))[0] == 404
