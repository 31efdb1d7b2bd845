"""`on:`: what is done when a thread begins, and when an answer is liked."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatkit_host.errors import InvalidRequestError
from chatkit_host.types import HiddenContextItem
from tests.compiler.bots import Conversation, done, make_bot, said, with_steps
from tests.server.servers import ask, request

WELCOME = """
state: { n: 0 }
on:
  thread_created:
    - set: { state.n: "{{ state.n + 1 }}", thread.title: "About {{ text }}" }
    - message: "Welcome, {{ user.name }}!"
"""


async def test_a_new_thread_is_welcomed_once_before_its_answer(tmp_path: Path) -> None:
    talk = Conversation(make_bot(tmp_path, *with_steps("- stop"), WELCOME))
    assert said(await talk.say("hello")) == ["Welcome, Ann!", "You said: hello"]
    assert said(await talk.say("again")) == ["You said: again"]
    thread = await talk.app.store.load_thread(talk.thread_id, talk.context)
    assert (thread.title, thread.metadata) == ("About hello", {"state": {"n": 1}})


async def test_a_retry_does_not_welcome_again(tmp_path: Path) -> None:
    talk = Conversation(make_bot(tmp_path, *with_steps("- stop"), WELCOME))
    [message] = done(await talk.say("hello"), "user_message")
    from tests.server.servers import talk as send

    body = request("threads.retry_after_item", thread_id=talk.thread_id, item_id=message["id"])
    assert said(await send(talk.app.server, body, talk.context)) == ["You said: hello"]


async def test_a_question_in_the_welcome_waits_for_its_answer(tmp_path: Path) -> None:
    asks = "on: { thread_created: [{ structured_input: { name: Your name? } }] }"
    events = await Conversation(make_bot(tmp_path, *with_steps("- stop"), asks)).say("hello")
    assert said(events) == []
    assert len(done(events, "structured_input")) == 1


async def test_an_error_in_the_welcome_is_told_to_the_user(tmp_path: Path) -> None:
    fails = "on: { thread_created: [{ error: We are closed. }] }"
    events = await Conversation(make_bot(tmp_path, *with_steps("- stop"), fails)).say("hello")
    assert [e["message"] for e in events if e["type"] == "error"] == ["We are closed."]


FEEDBACK = """
shared: { likes: 0 }
on:
  feedback:
    - { if: feedback.kind == 'negative', error: Tell us more. }
    - set: { shared.likes: "{{ shared.likes + feedback.item_ids | length }}" }
    - hidden_context: "<LIKED>{{ shared.likes }}</LIKED>"
"""


async def test_feedback_is_kept_and_then_heard(tmp_path: Path) -> None:
    talk = Conversation(make_bot(tmp_path, *with_steps("- stop"), FEEDBACK))
    [answer] = done(await talk.say("hello"), "assistant_message")
    where = {"thread_id": talk.thread_id, "item_ids": [answer["id"]]}
    await ask(talk.app.server, request("items.feedback", **where, kind="positive"), talk.context)
    hidden = [item for item in await talk.items() if isinstance(item, HiddenContextItem)]
    assert [item.content for item in hidden] == ["<LIKED>1</LIKED>"]
    with pytest.raises(InvalidRequestError, match="Tell us more"):
        await ask(
            talk.app.server, request("items.feedback", **where, kind="negative"), talk.context
        )
    kept = await talk.app.store.load_feedback(talk.thread_id, talk.context)
    assert kept == {answer["id"]: "negative"}
