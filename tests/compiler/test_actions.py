"""Actions run their steps, and only where the stored widget offers them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from chatkit_host.errors import ForbiddenError, InvalidRequestError, NotFoundError
from tests.compiler.bots import ANN, BASE, Conversation, done, make_bot, said, with_steps
from tests.plugins import forget_plugins

BOT = """
state: { total: 0 }
widgets:
  counter:
    data: { n: integer, label: { type: string, optional: true } }
    template:
      type: Card
      children:
        - { type: Text, value: "{{ n }}", id: n }
        - { type: Text, value: "{{ label or '' }}" }
        - { type: Button, label: More, onClickAction: { type: count.add, payload: { by: 2 } } }
        - { type: Button, label: Set, onClickAction: { type: count.sync, payload: { by: 5 } } }
        - { type: Button, label: Open, onClickAction: { type: page.open } }
        - { type: Button, label: Bad, onClickAction: { type: count.fail } }
        - { type: Button, label: Ask, onClickAction: { type: count.ask } }
        - type: Form
          onSubmitAction: { type: count.note, payload: { about: n } }
          children: [{ type: Input, name: note.text }]
actions:
  count.add:
    payload: { by: integer }
    steps:
      - set: { state.total: "{{ state.total + payload.by }}" }
      - update_widget: { n: "{{ state.total }}" }
      - message: "{{ sender.name if sender else 'page' }} {{ state.total }}"
  count.sync:
    sync: true
    payload: { by: integer }
    steps:
      - set: { state.total: "{{ payload.by }}" }
      - update_widget: { n: "{{ payload.by }}" }
  count.note:
    payload: { about: string, note: { text: string } }
    steps: [{ message: "noted {{ payload.note.text }}" }]
  count.fail: { steps: [{ error: "Not on {{ user.name }}'s day." }] }
  count.ask:
    steps:
      - hidden_context: asked by button
      - respond: {}
      - message: after
  count.twice:
    from: page
    payload: { id: string }
    steps:
      - { update_widget: { n: 7 }, item: "{{ payload.id }}" }
      - { update_widget: { label: both }, item: "{{ payload.id }}" }
  count.drop: { steps: [{ message: Dropped. }] }
  page.open: { client: {} }
  page.hello:
    from: page
    payload: { who: string }
    steps: [{ message: "Hello {{ payload.who }}" }]
"""


@pytest.fixture
async def shown(tmp_path: Path) -> tuple[Conversation, str]:
    """A conversation in which the counter is shown, and its item's id."""
    steps = "- widget: { name: counter, data: { n: 0, label: clicks } }"
    conversation = Conversation(make_bot(tmp_path, *with_steps(steps), BOT))
    events = await conversation.say("go")
    return conversation, done(events, "widget")[0]["id"]


def text_values(item: dict[str, Any]) -> list[str]:
    return [c["value"] for c in item["widget"]["children"] if c["type"] == "Text"]


async def test_an_action_updates_its_widget_over_the_data_last_shown(
    shown: tuple[Conversation, str],
) -> None:
    talk, item_id = shown
    events = await talk.act("count.add", {"by": 2}, item_id)
    assert text_values(done(events, "widget")[0]) == ["2", "clicks"]
    assert said(events) == ["counter 2"]
    events = await talk.act("count.add", {"by": 2}, item_id)
    assert text_values(done(events, "widget")[0]) == ["4", "clicks"]


async def test_a_second_update_is_over_the_first(shown: tuple[Conversation, str]) -> None:
    talk, item_id = shown
    events = await talk.act("count.twice", {"id": item_id})
    assert [text_values(item) for item in done(events, "widget")] == [
        ["7", "clicks"],
        ["7", "both"],
    ]


async def test_a_sync_action_answers_with_the_widget_and_keeps_the_state(
    shown: tuple[Conversation, str],
) -> None:
    talk, item_id = shown
    answer = await talk.act_sync("count.sync", {"by": 5}, item_id)
    assert text_values(answer["updated_item"]) == ["5", "clicks"]
    assert await talk.state() == {"total": 5}


async def test_an_update_without_a_sender_does_nothing(shown: tuple[Conversation, str]) -> None:
    talk, _ = shown
    assert said(await talk.act("page.hello", {"who": "you"})) == ["Hello you"]


async def test_form_values_come_with_the_payload(shown: tuple[Conversation, str]) -> None:
    talk, item_id = shown
    events = await talk.act("count.note", {"about": "n", "note": {"text": "hm"}}, item_id)
    assert said(events) == ["noted hm"]


async def test_an_error_step_tells_the_user(shown: tuple[Conversation, str]) -> None:
    talk, item_id = shown
    events = await talk.act("count.fail", None, item_id)
    assert (events[-1]["type"], events[-1]["message"]) == ("error", "Not on Ann's day.")


async def test_respond_lets_the_agent_go_on_with_what_the_steps_said_before(
    shown: tuple[Conversation, str],
) -> None:
    talk, item_id = shown
    events = await talk.act("count.ask", None, item_id)
    assert said(events)[-1] == "after"
    assert len(said(events)) == 2
    assert "asked by button" in said(events)[0]


async def test_the_widget_says_who_handles_its_actions(shown: tuple[Conversation, str]) -> None:
    talk, item_id = shown
    item = await talk.app.store.load_item(talk.thread_id, item_id, ANN)
    tree = item.model_dump(exclude_none=True)["widget"]
    actions = {
        c["onClickAction"]["type"]: c["onClickAction"] for c in tree["children"] if "label" in c
    }
    assert actions["page.open"]["handler"] == "client"
    assert actions["count.sync"]["streaming"] is False


@pytest.mark.parametrize(
    ("type_", "payload"),
    [
        ("count.add", {"by": 1000}),
        ("count.add", {"by": 2, "note": {}, "more": 1}),
        ("count.add", None),
        ("count.note", {"about": "other", "note": {"text": "x"}}),
    ],
)
async def test_what_the_widget_does_not_offer_is_refused(
    shown: tuple[Conversation, str], type_: str, payload: Any
) -> None:
    talk, item_id = shown
    with pytest.raises(ForbiddenError, match="offers"):
        await talk.app.server.process(talk.action(type_, payload, item_id), ANN)


async def test_who_clicks_on_what_the_widget_had_before_is_told_so(
    shown: tuple[Conversation, str],
) -> None:
    talk, item_id = shown
    with pytest.raises(ForbiddenError, match="does not offer that any more"):
        await talk.app.server.process(talk.action("count.drop", {"by": 2}, item_id), ANN)


CLOSING = """
actions:
  close: { from: page, steps: [{ set: { thread.status: closed } }, { respond: {} }] }
  ask: { from: page, steps: [{ message: noted }, { respond: {} }] }
  reopen: { from: page, steps: [{ set: { thread.status: active } }, { respond: {} }] }
"""


async def test_no_agent_answers_an_action_in_a_thread_that_is_closed(tmp_path: Path) -> None:
    talk = Conversation(make_bot(tmp_path, *with_steps("- return: x"), CLOSING))
    await talk.say("hi")
    assert len(said(await talk.act("close"))) == 1  # the turn that closes it goes on to its end
    events = await talk.act("ask")
    assert said(events) == ["noted"]
    assert "This thread is closed" in events[-1]["message"]
    assert len(said(await talk.act("reopen"))) == 1


NAMED_BY_DATA = """
widgets:
  shelf:
    data: { name: string }
    template:
      type: Card
      children:
        - type: Button
          label: Buy
          onClickAction: { type: buy, payload: { name: "{{ name }}" } }
        - type: Chart
          data: [{ name: "{{ name }}", sold: 3 }]
          series: [{ type: bar, dataKey: sold }]
          xAxis: { dataKey: name }
        - { type: Select, name: size, options: [{ label: S, value: discount, name: discount }] }
actions:
  buy: { steps: [{ message: bought }] }
"""


async def test_a_name_in_the_data_of_a_widget_is_no_field(tmp_path: Path) -> None:
    steps = "- widget: { name: shelf, data: { name: discount } }"
    talk = Conversation(make_bot(tmp_path, *with_steps(steps), NAMED_BY_DATA))
    shelf = done(await talk.say("go"), "widget")[0]["id"]
    forged = talk.action("buy", {"name": "discount", "discount": 100}, shelf)
    with pytest.raises(ForbiddenError, match="offers"):
        await talk.app.server.process(forged, ANN)
    chosen = {"name": "discount", "size": "S"}
    assert said(await talk.act("buy", chosen, shelf)) == ["bought"]


async def test_an_action_of_a_widget_needs_its_widget(shown: tuple[Conversation, str]) -> None:
    talk, _ = shown
    with pytest.raises(ForbiddenError):
        await talk.app.server.process(talk.action("count.add", {"by": 2}), ANN)


@pytest.mark.parametrize(
    ("type_", "payload", "reason"),
    [
        ("nobody.knows", None, "no action"),
        ("page.open", None, "no action"),
        ("page.hello", {"who": 1}, "payload.who"),
        ("page.hello", None, "required"),
        ("count.sync", {"by": 5}, "threads.sync_custom_action"),
    ],
)
async def test_a_wrong_action_is_refused_with_a_reason(
    shown: tuple[Conversation, str], type_: str, payload: Any, reason: str
) -> None:
    talk, item_id = shown
    with pytest.raises(InvalidRequestError, match=reason):
        await talk.app.server.process(talk.action(type_, payload, item_id), ANN)


async def test_an_action_on_a_deleted_widget_is_not_found(
    shown: tuple[Conversation, str],
) -> None:
    talk, _ = shown
    with pytest.raises(NotFoundError):
        await talk.app.server.process(talk.action("count.add", {"by": 2}, "msg_none"), ANN)


async def test_the_page_may_act_before_there_is_a_thread(tmp_path: Path) -> None:
    talk = Conversation(make_bot(tmp_path, *with_steps("- stop"), BOT))
    events = await talk.act("page.hello", {"who": "you"})
    assert events[0]["type"] == "thread.created"
    assert said(events) == ["Hello you"]
    talk.thread_id = events[0]["thread"]["id"]
    assert await talk.state() == {"total": 0}
    assert said(await talk.say("and now")) == ["You said: and now"]


async def test_a_widget_of_no_thread_cannot_act_and_nothing_is_made(tmp_path: Path) -> None:
    talk = Conversation(make_bot(tmp_path, *with_steps("- stop"), BOT))
    with pytest.raises(InvalidRequestError, match="no widgets"):
        await talk.app.server.process(talk.action("count.add", {"by": 2}, "itm_1"), ANN)
    with pytest.raises(ForbiddenError):
        await talk.app.server.process(talk.action("count.add", {"by": 2}), ANN)
    page = await talk.app.store.load_threads(10, None, "asc", ANN)
    assert page.data == []


BUILT_IN_PYTHON = """
from chatkit_host.actions import ActionConfig
from chatkit_host.components import Button, Card

async def show(context):
    press = Button(label="Press", onClickAction=ActionConfig(type="press"))
    change = Button(label="Change", onClickAction=ActionConfig(type="change"))
    await context.stream_widget(Card(children=[press, change]))
    return "shown"
"""
ITS_ACTIONS = """
agents: { helper: { instructions: Be kind., tools: [go] } }
plugins: [cards_of_a_test]
tools: { go: { description: Go., python: "cards_of_a_test:show" } }
actions:
  press: { steps: [{ message: "pressed {{ sender.id }} {{ sender.name }} {{ sender.data }}" }] }
  change: { steps: [{ update_widget: { n: 1 } }] }
"""


@pytest.fixture
async def built(tmp_path: Path) -> AsyncIterator[tuple[Conversation, str]]:
    """A conversation in which a plugin has shown a widget of its own, and its item's id."""
    (tmp_path / "cards_of_a_test.py").write_text(BUILT_IN_PYTHON, encoding="utf-8")
    with forget_plugins("cards_of_a_test"):
        conversation = Conversation(make_bot(tmp_path, BASE, ITS_ACTIONS))
        events = await conversation.say("go")
        yield conversation, done(events, "widget")[0]["id"]


async def test_a_widget_that_python_built_sends_actions_without_a_name_or_data(
    built: tuple[Conversation, str],
) -> None:
    talk, item_id = built
    assert said(await talk.act("press", None, item_id)) == [f"pressed {item_id}  {{}}"]


async def test_updating_a_widget_that_python_built_says_that_no_step_can(
    built: tuple[Conversation, str],
) -> None:
    talk, item_id = built
    *_, last = await talk.act("change", None, item_id)
    assert (last["type"], "built in Python" in last["message"]) == ("error", True)
