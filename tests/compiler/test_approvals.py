"""Approvals: a call waits for a person, over restarts, and is carried out once or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chatkit_host.compiler import App
from chatkit_host.context import RequestContext
from chatkit_host.errors import ConflictError, ForbiddenError, InvalidRequestError, NotFoundError
from chatkit_host.types import ApprovalItem, ToolCallItem
from tests.compiler.bots import ANN, Conversation, done, make_bot, said
from tests.examples.visitor import actions_in
from tests.plugins import forget_plugins

BOT = """
models:
  default:
    provider: rules
    rules:
      - match: '^delete (?P<path>\\S+)'
        call: delete
        with: { path: "{{ path }}" }
        say: "{{ result }}"
      - say: "You said: {{ text }}"
agents: { helper: { instructions: Be kind., tools: [delete] } }
state: { deleted: [] }
tools:
  delete:
    description: Delete a file.
    parameters: { path: string }
    approval: always
    steps:
      - set: { state.deleted: "{{ state.deleted + [args.path] }}" }
      - return: "Deleted {{ path }}."
storage: "memory:"
"""


def card(events: list[dict[str, Any]]) -> dict[str, Any]:
    """The newest card."""
    return done(events, "widget")[-1]


def offered(item: dict[str, Any]) -> list[dict[str, Any]]:
    return actions_in(item["widget"])


async def click(talk: Conversation, item: dict[str, Any], which: int) -> list[dict[str, Any]]:
    """Press one of a card's buttons: 0 approves, 1 rejects."""
    action = offered(item)[which]
    return await talk.act(action["type"], action["payload"], item["id"])


async def asked(app: App) -> tuple[Conversation, dict[str, Any]]:
    """A conversation that waits for an approval, and the card."""
    talk = Conversation(app)
    return talk, card(await talk.say("delete a.txt"))


async def test_a_call_waits_for_the_person_and_then_goes_on(tmp_path: Path) -> None:
    app = make_bot(tmp_path, BOT)
    talk, item = await asked(app)
    assert (await talk.state())["deleted"] == []
    assert len(offered(item)) == 2
    events = await click(talk, item, 0)
    assert said(events) == ["Deleted a.txt."]
    assert (await talk.state())["deleted"] == ["a.txt"]


async def test_the_card_shows_the_call_and_afterwards_the_decision(tmp_path: Path) -> None:
    talk, item = await asked(make_bot(tmp_path, BOT))
    shown = str(item["widget"])
    assert "Delete a file." in shown
    assert "a.txt" in shown
    after = card(await click(talk, item, 0))
    assert after["id"] == item["id"]
    assert after["widget"]["status"]["text"] == "Approved"
    assert offered(after) == []


async def test_a_rejected_call_is_not_carried_out_and_the_model_reads_so(tmp_path: Path) -> None:
    talk, item = await asked(make_bot(tmp_path, BOT))
    events = await click(talk, item, 1)
    assert "did not approve" in said(events)[0]
    assert card(events)["widget"]["status"]["text"] == "Rejected"
    assert (await talk.state())["deleted"] == []
    [call] = [each for each in await talk.items() if isinstance(each, ToolCallItem)]
    assert "did not approve" in (call.output or "")


async def test_the_run_goes_on_in_another_process(tmp_path: Path) -> None:
    stored = f"storage: sqlite:///{tmp_path}/bot.db"
    before = make_bot(tmp_path, BOT, stored)
    await before.start()
    talk, item = await asked(before)
    await before.close()
    after = make_bot(tmp_path, BOT, stored)
    await after.start()
    talk.app = after
    assert said(await click(talk, item, 0)) == ["Deleted a.txt."]
    assert (await talk.state())["deleted"] == ["a.txt"]
    await after.close()


async def test_a_second_click_does_nothing(tmp_path: Path) -> None:
    talk, item = await asked(make_bot(tmp_path, BOT))
    await click(talk, item, 0)
    for which in (0, 1):
        with pytest.raises(ConflictError):
            await click(talk, item, which)
    assert (await talk.state())["deleted"] == ["a.txt"]


@pytest.mark.parametrize(
    "forged",
    [
        {"approve": 1},
        {"question": "ask_other"},
        {"call": "0" * 64},
        {"run": "apr_other"},
        {"path": "b.txt"},
    ],
)
async def test_a_forged_answer_is_refused(tmp_path: Path, forged: dict[str, Any]) -> None:
    talk, item = await asked(make_bot(tmp_path, BOT))
    action = offered(item)[0]
    payload = {**action["payload"], **forged}
    with pytest.raises(ForbiddenError):
        await talk.act(action["type"], payload, item["id"])
    assert (await talk.state())["deleted"] == []


async def test_an_answer_without_its_card_or_out_of_its_thread_is_refused(tmp_path: Path) -> None:
    app = make_bot(tmp_path, BOT)
    talk, item = await asked(app)
    action = offered(item)[0]
    with pytest.raises(ForbiddenError):
        await talk.act(action["type"], action["payload"])
    with pytest.raises(InvalidRequestError):
        await talk.act_sync(action["type"], action["payload"], item["id"])
    other, others_item = await asked(app)
    with pytest.raises(ForbiddenError):
        await other.act(action["type"], action["payload"], others_item["id"])
    with pytest.raises(NotFoundError):
        await other.act(action["type"], action["payload"], item["id"])


async def test_another_owner_finds_nothing_to_answer(tmp_path: Path) -> None:
    app = make_bot(tmp_path, BOT)
    talk, item = await asked(app)
    talk.context = RequestContext(owner="bob", user={"id": "bob"}, request={})
    with pytest.raises(NotFoundError):
        await click(talk, item, 0)
    talk.context = ANN
    assert (await talk.state())["deleted"] == []


async def test_a_message_instead_of_an_answer_closes_the_question(tmp_path: Path) -> None:
    talk, item = await asked(make_bot(tmp_path, BOT))
    events = await talk.say("Never mind")
    assert said(events) == ["You said: Never mind"]
    assert card(events)["id"] == item["id"]
    assert card(events)["widget"]["status"]["text"] == "No longer asked"
    [call] = [each for each in await talk.items() if isinstance(each, ToolCallItem)]
    assert "went on without an answer" in (call.output or "")
    with pytest.raises(ConflictError):
        await click(talk, item, 0)
    again = card(await talk.say("delete b.txt"))
    await click(talk, again, 0)
    assert (await talk.state())["deleted"] == ["b.txt"]


@pytest.mark.parametrize(
    "changed",
    [
        "tools: { delete: { description: Another., parameters: { path: string }, return: x } }",
        "agents: { helper: { instructions: Be kind. } }",
        "agents: { other: { instructions: Be kind., tools: [delete] } }",
    ],
    ids=["another tool", "not the agent's", "another agent"],
)
async def test_what_has_changed_since_is_not_carried_out(tmp_path: Path, changed: str) -> None:
    stored = f"storage: sqlite:///{tmp_path}/bot.db"
    before = make_bot(tmp_path, BOT, stored)
    await before.start()
    talk, item = await asked(before)
    await before.close()
    after = make_bot(tmp_path, BOT, stored, changed)
    await after.start()
    talk.app = after
    events = await click(talk, item, 0)
    assert card(events)["widget"]["status"]["text"] == "No longer asked"
    assert "the host has changed" in said(events)[0]
    assert (await talk.state())["deleted"] == []
    assert said(await talk.say("hello")) == ["You said: hello"]
    await after.close()


@pytest.mark.parametrize(
    ("approval", "asks"),
    [
        ("always", True),
        ("never", False),
        ("true", True),
        ("false", False),
        ("{ if: always }", True),
        ("{ if: never, message: Really? }", False),
        ("args.path != 'a.txt'", False),
        ("path == 'a.txt' and user.id == 'ann'", True),
        ("state.deleted | length > 0", False),
        ("{ if: \"path.startswith('a')\" }", True),
        ("args.path.nothing > 3", True),
    ],
)
async def test_a_condition_decides_who_is_asked(tmp_path: Path, approval: str, asks: bool) -> None:
    app = make_bot(tmp_path, BOT.replace("approval: always", f"approval: {approval}"))
    events = await Conversation(app).say("delete a.txt")
    assert bool(done(events, "widget")) is asks


async def test_arguments_that_do_not_fit_are_nobodys_question(tmp_path: Path) -> None:
    app = make_bot(tmp_path, BOT.replace('with: { path: "{{ path }}" }', "with: { path: 3 }"))
    events = await Conversation(app).say("delete a.txt")
    assert done(events, "widget") == []
    assert "is not of type" in said(events)[0]


FICKLE = """
asked = []


def every_other(text):
    asked.append(text)
    return "Busy." if len(asked) % 2 else None
"""


async def test_a_guardrail_that_changes_its_mind_lets_nothing_through_unasked(
    tmp_path: Path,
) -> None:
    (tmp_path / "fickle_shop.py").write_text(FICKLE, encoding="utf-8")
    guarded = BOT.replace(
        "    approval: always", "    approval: always\n    guardrails: { input: [busy] }"
    )
    rail = """
    plugins: [fickle_shop]
    guardrails: { busy: { python: "fickle_shop:every_other" } }
    """
    with forget_plugins("fickle_shop"):
        talk = Conversation(make_bot(tmp_path, guarded, rail))
        events = await talk.say("delete a.txt")
        assert done(events, "widget") == []
        assert "Busy." in said(events)[0]
        assert (await talk.state())["deleted"] == []
        item = card(await talk.say("delete a.txt"))  # the next call is asked about anew
    assert offered(item)


async def test_a_step_calls_without_asking(tmp_path: Path) -> None:
    page = """
    actions:
      clean: { from: page, steps: [{ call: delete, with: { path: c.txt } }] }
    """
    app = make_bot(tmp_path, BOT, page)
    talk = Conversation(app)
    await talk.say("hi")
    await talk.act("clean")
    assert (await talk.state())["deleted"] == ["c.txt"]


async def test_a_retry_takes_the_question_away(tmp_path: Path) -> None:
    talk, item = await asked(make_bot(tmp_path, BOT))
    message = (await talk.items())[0]
    again = card(await talk.retry(message.id))
    with pytest.raises(NotFoundError):
        await click(talk, item, 0)
    await click(talk, again, 0)
    assert (await talk.state())["deleted"] == ["a.txt"]


async def test_no_client_ever_sees_what_is_kept(tmp_path: Path) -> None:
    talk, item = await asked(make_bot(tmp_path, BOT))
    kept = [each for each in await talk.items() if isinstance(each, ApprovalItem)]
    assert [each.status for each in kept] == ["open"]
    events = await click(talk, item, 0)
    assert "original_input" not in str(events)
    assert kept[0].id not in [each["item"]["id"] for each in events if "item" in each]
    [kept_now] = [each for each in await talk.items() if isinstance(each, ApprovalItem)]
    assert (kept_now.status, kept_now.state) == ("resumed", "")


OWN_CARD = """
widgets:
  really:
    data:
      message: string
      arguments: object
      approve: { type: object, optional: true }
      reject: { type: object, optional: true }
      decision: { type: string, optional: true }
    template:
      type: Card
      children:
        - { type: Text, value: "{{ message }} {{ decision or 'asked' }}" }
        - if: reject
          type: Form
          onSubmitAction: "{{ reject }}"
          children: [{ type: Input, name: reason }]
        - { if: approve, type: Button, label: "Yes", onClickAction: "{{ approve }}" }
"""
OWN = BOT.replace(
    "approval: always", "approval: { widget: really, message: 'Delete {{ path }} for good?' }"
)


async def test_a_widget_of_the_authors_asks_and_lets_the_user_say_why(tmp_path: Path) -> None:
    talk, item = await asked(make_bot(tmp_path, OWN, OWN_CARD))
    assert "Delete a.txt for good? asked" in str(item)
    reject, _ = offered(item)
    payload = {**reject["payload"], "reason": "It is my diary."}
    events = await talk.act(reject["type"], payload, item["id"])
    assert "rejected" in str(card(events))
    assert "The user's reason: It is my diary." in said(events)[0]


async def test_a_widget_that_fails_gives_way_to_the_hosts_card(tmp_path: Path) -> None:
    broken = OWN_CARD.replace("{{ message }}", "{{ message.nothing.more }}")
    talk, item = await asked(make_bot(tmp_path, OWN, broken))
    assert "Delete a.txt for good?" in str(item)
    await click(talk, item, 0)
    assert (await talk.state())["deleted"] == ["a.txt"]
