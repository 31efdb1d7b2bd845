"""Approvals of what real models ask for: several at once, after handoffs, in agents as tools."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatkit_host.errors import ConflictError
from chatkit_host.types import ToolCallItem, UsageItem
from tests.agents.harness import APIS, messages_sent
from tests.compiler.bots import Conversation, done, make_bot, said
from tests.compiler.test_approvals import card, click
from tests.model_server.script import call, fail, hang, say, think
from tests.model_server.server import ModelServer

BOT = """
models:
  default: { model: m, base_url: URL, api: API, api_key: k, retry: { attempts: 1 } }
agents:
  clerk:
    instructions: You keep files.
    tools: [delete, move, look, ask_janitor, selected, ask_by_step]
    handoffs: [janitor]
    max_turns: 6
  janitor: { instructions: You clean up., tools: [delete, look] }
respond: { agent: clerk }
state: { done: [] }
tools:
  delete:
    description: Delete a file.
    parameters: { path: string }
    approval: always
    steps:
      - set: { state.done: "{{ state.done + ['delete ' + path] }}" }
      - return: "Deleted {{ path }}."
  move:
    description: Move a file.
    parameters: { path: string }
    approval: path != 'here'
    steps:
      - set: { state.done: "{{ state.done + ['move ' + path] }}" }
      - return: "Moved {{ path }}."
  look:
    description: Look.
    steps:
      - set: { state.done: "{{ state.done + ['look'] }}" }
      - return: Three files.
  ask_janitor: { description: Ask the janitor., agent: janitor, progress: Asking… }
  ask_by_step:
    description: Ask the janitor, too.
    steps: [{ call: ask_janitor, with: { input: Clean. }, as: said }, { return: "{{ said }}" }]
  selected: { description: What is selected., client: {} }
storage: "sqlite:///FOLDER/bot.db"
"""


class Host:
    """A bot against the model server, that can be started anew."""

    def __init__(self, folder: Path, server: ModelServer, api: str) -> None:
        text = BOT.replace("URL", server.base_url).replace("API", api)
        self._text = text.replace("FOLDER", str(folder))
        self._folder = folder

    def change(self, old: str, new: str) -> None:
        assert old in self._text
        self._text = self._text.replace(old, new)

    async def start(self) -> Conversation:
        self.app = make_bot(self._folder, self._text)
        await self.app.start()
        return Conversation(self.app)

    async def restart(self, talk: Conversation) -> None:
        await self.app.close()
        talk.app = (await self.start()).app


@pytest.fixture(params=APIS)
async def host(
    request: pytest.FixtureRequest, tmp_path: Path, model_server: ModelServer
) -> AsyncIterator[Host]:
    host = Host(tmp_path, model_server, request.param)
    yield host
    await host.app.close()


async def calls_of(talk: Conversation) -> dict[str, str | None]:
    """The thread's calls with their outputs."""
    items = [item for item in await talk.items() if isinstance(item, ToolCallItem)]
    return {f"{item.name} {item.arguments}": item.output for item in items}


def outputs_sent(server: ModelServer) -> dict[str, str]:
    """The outputs in the last request to the model, by call."""
    found = {}
    for sent in messages_sent(server):
        if sent.get("type") == "function_call_output" or sent.get("role") == "tool":
            key = sent.get("call_id") or sent["tool_call_id"]
            found[key] = sent.get("output") or sent["content"]
    return found


async def test_a_run_goes_on_where_it_stopped(host: Host, model_server: ModelServer) -> None:
    talk = await host.start()
    model_server.reply(
        think("Hm."), say("I will delete it."), call("delete", {"path": "a"}, call_id="c1")
    )
    events = await talk.say("Delete a")
    assert said(events) == ["I will delete it."]
    await host.restart(talk)
    model_server.reply(say("It is gone."))
    events = await click(talk, card(events), 0)
    assert said(events) == ["It is gone."]
    assert outputs_sent(model_server) == {"c1": "Deleted a."}
    model_server.reply(say("You are welcome."))
    await talk.say("Thanks")
    assert outputs_sent(model_server) == {"c1": "Deleted a."}
    assert list((await calls_of(talk)).values()) == ["Deleted a."]


async def test_several_at_once_get_a_card_each_and_go_on_together(
    host: Host, model_server: ModelServer
) -> None:
    talk = await host.start()
    model_server.reply(
        call("delete", {"path": "a"}, call_id="c1"),
        call("look", call_id="c2"),
        call("delete", {"path": "b"}, call_id="c3"),
        call("move", {"path": "here"}, call_id="c4"),
    )
    events = await talk.say("Clean up")
    first, second = done(events, "widget")
    assert sorted((await talk.state())["done"]) == ["look", "move here"]
    assert said(await click(talk, second, 1)) == []
    await host.restart(talk)
    model_server.reply(say("One gone, one kept."))
    assert said(await click(talk, first, 0)) == ["One gone, one kept."]
    assert (await talk.state())["done"][-1] == "delete a"
    sent = outputs_sent(model_server)
    assert (sent["c1"], sent["c2"], sent["c4"]) == ("Deleted a.", "Three files.", "Moved here.")
    assert "did not approve" in sent["c3"]
    assert len(await calls_of(talk)) == 4


async def test_one_run_may_ask_again_and_again(host: Host, model_server: ModelServer) -> None:
    talk = await host.start()
    model_server.reply(call("delete", {"path": "a"}))
    first = card(await talk.say("Delete a, then b"))
    model_server.reply(call("delete", {"path": "b"}))
    second = card(await click(talk, first, 0))
    assert second["id"] != first["id"]
    model_server.reply(say("Both."))
    assert said(await click(talk, second, 0)) == ["Both."]
    assert (await talk.state())["done"] == ["delete a", "delete b"]


async def test_after_a_handoff(host: Host, model_server: ModelServer) -> None:
    talk = await host.start()
    model_server.reply(call("transfer_to_janitor"))
    model_server.reply(call("delete", {"path": "a"}))
    item = card(await talk.say("Clean up"))
    await host.restart(talk)
    model_server.reply(say("Clean."))
    assert said(await click(talk, item, 0)) == ["Clean."]
    model_server.reply(say("Still the janitor."))
    await talk.say("Who are you?")
    assert "You clean up." in json.dumps(model_server.requests[-1].body)


async def test_in_an_agent_that_serves_as_a_tool(host: Host, model_server: ModelServer) -> None:
    talk = await host.start()
    model_server.reply(call("ask_janitor", {"input": "Clean."}, call_id="outer"))
    model_server.reply(call("delete", {"path": "a"}, call_id="inner"))
    item = card(await talk.say("Have it cleaned"))
    assert "janitor" not in str(item["widget"]["children"][0])
    await host.restart(talk)
    model_server.reply(say("The janitor is done."))
    model_server.reply(say("It is clean."))
    assert said(await click(talk, item, 0)) == ["It is clean."]
    assert (await talk.state())["done"] == ["delete a"]
    assert outputs_sent(model_server) == {"outer": "The janitor is done."}
    assert list((await calls_of(talk)).values()) == ["The janitor is done."]


async def test_what_an_inner_agent_wants_can_be_rejected(
    host: Host, model_server: ModelServer
) -> None:
    talk = await host.start()
    model_server.reply(call("ask_janitor", {"input": "Clean."}))
    model_server.reply(call("delete", {"path": "a"}, call_id="inner"))
    item = card(await talk.say("Have it cleaned"))
    model_server.reply(say("I may not."))
    model_server.reply(say("It stays."))
    assert said(await click(talk, item, 1)) == ["It stays."]
    assert "did not approve" in json.dumps(model_server.requests[-2].body)
    assert (await talk.state())["done"] == []


async def test_an_agent_that_a_step_asks_cannot_put_questions(
    host: Host, model_server: ModelServer
) -> None:
    talk = await host.start()
    model_server.reply(call("ask_by_step"))
    model_server.reply(call("delete", {"path": "a"}))
    model_server.reply(say("I may not."))
    model_server.reply(say("It could not."))
    events = await talk.say("Have it cleaned")
    assert done(events, "widget") == []
    assert said(events) == ["It could not."]
    assert "cannot be asked here" in json.dumps(model_server.requests[-2].body)
    assert (await talk.state())["done"] == []


async def test_a_call_that_cannot_be_read_is_nobodys_question(
    host: Host, model_server: ModelServer
) -> None:
    talk = await host.start()
    model_server.reply(call("delete", '{"path": ', call_id="c1"))
    model_server.reply(say("Sorry."))
    events = await talk.say("Delete a")
    assert done(events, "widget") == []
    assert said(events) == ["Sorry."]
    assert "not valid JSON" in outputs_sent(model_server)["c1"]


async def test_beside_a_call_of_the_pages_it_is_put_off(
    host: Host, model_server: ModelServer
) -> None:
    talk = await host.start()
    model_server.reply(call("selected", call_id="c1"), call("delete", {"path": "a"}, call_id="c2"))
    events = await talk.say("Delete what is selected")
    assert done(events, "widget") == []
    model_server.reply(say("I see."))
    await talk.output({"path": "a"})
    sent = outputs_sent(model_server)
    assert json.loads(sent["c1"]) == {"path": "a"}
    assert "Call it again afterwards" in sent["c2"]


async def test_a_message_instead_leaves_a_history_that_both_apis_take(
    host: Host, model_server: ModelServer
) -> None:
    talk = await host.start()
    model_server.reply(call("delete", {"path": "a"}, call_id="c1"), call("look", call_id="c2"))
    await talk.say("Delete a")
    model_server.reply(say("As you like."))
    assert said(await talk.say("No, wait")) == ["As you like."]
    sent = outputs_sent(model_server)
    assert "went on without an answer" in sent["c1"]
    assert sent["c2"] == "Three files."
    assert "No, wait" in json.dumps(messages_sent(model_server)[-1])


async def test_what_was_approved_is_known_though_the_model_fails_then(
    host: Host, model_server: ModelServer
) -> None:
    talk = await host.start()
    model_server.reply(call("delete", {"path": "a"}, call_id="c1"))
    item = card(await talk.say("Delete a"))
    model_server.reply(fail(500, "s3cret"))
    events = await click(talk, item, 0)
    assert [e["allow_retry"] for e in events if e["type"] == "error"] == [True]
    assert "s3cret" not in json.dumps(events)
    model_server.reply(say("It is gone."))
    await talk.say("And?")
    assert outputs_sent(model_server) == {"c1": "Deleted a."}


async def test_the_tokens_of_a_run_are_counted_once(host: Host, model_server: ModelServer) -> None:
    talk = await host.start()
    model_server.reply(call("delete", {"path": "a"}))
    item = card(await talk.say("Delete a"))
    model_server.reply(say("Gone."))
    await click(talk, item, 0)
    counted = [i.input_tokens for i in await talk.items() if isinstance(i, UsageItem)]
    assert counted == [7, 7]


async def test_too_many_turns_are_counted_over_the_question(
    host: Host, model_server: ModelServer
) -> None:
    talk = await host.start()
    for _ in range(5):
        model_server.reply(call("look"))
    model_server.reply(call("delete", {"path": "a"}))
    item = card(await talk.say("Look and look"))
    events = await click(talk, item, 0)
    [error] = [event for event in events if event["type"] == "error"]
    assert "more steps" in error["message"]
    assert (await talk.state())["done"][-1] == "delete a"


async def test_an_agent_that_answers_in_the_place_of_another_waits_in_the_thread(
    tmp_path: Path, model_server: ModelServer
) -> None:
    host = Host(tmp_path, model_server, "responses")
    host.change("handoffs: [janitor]", "stop_at: [ask_janitor]")
    talk = await host.start()
    model_server.reply(call("ask_janitor", {"input": "Clean."}))
    model_server.reply(call("delete", {"path": "a"}))
    item = card(await talk.say("Have it cleaned"))
    await host.restart(talk)
    model_server.reply(say("I have cleaned."))
    assert said(await click(talk, item, 0)) == ["I have cleaned."]
    assert (await talk.state())["done"] == ["delete a"]
    await host.app.close()


async def test_what_was_approved_may_let_an_agent_answer(
    tmp_path: Path, model_server: ModelServer
) -> None:
    host = Host(tmp_path, model_server, "responses")
    host.change('- return: "Deleted {{ path }}."', "- respond: { agent: janitor }")
    talk = await host.start()
    model_server.reply(call("delete", {"path": "a"}, call_id="c1"))
    item = card(await talk.say("Delete a"))
    model_server.reply(say("The janitor says hello."))
    model_server.reply(say("Done."))
    assert said(await click(talk, item, 0)) == ["The janitor says hello.", "Done."]
    assert list((await calls_of(talk)).values()) == ["null"]
    await host.app.close()


async def test_a_call_that_was_stopped_halfway_is_not_made_again(
    tmp_path: Path, model_server: ModelServer
) -> None:
    host = Host(tmp_path, model_server, "responses")
    host.change('- return: "Deleted {{ path }}."', "- respond: { agent: janitor }")
    talk = await host.start()
    model_server.reply(call("delete", {"path": "a"}, call_id="c1"))
    item = card(await talk.say("Delete a"))
    pause = hang()
    model_server.reply(say("Wait"), pause)
    clicking = asyncio.create_task(click(talk, item, 0))
    await model_server.wait(pause.reached)
    await talk.app.server.turns.stop(talk.thread_id)
    await clicking
    with pytest.raises(ConflictError):
        await click(talk, item, 0)
    assert [i.output for i in await talk.items() if isinstance(i, ToolCallItem)] == [None]
    model_server.reply(say("It may be gone."))
    await talk.say("Is it gone?")
    assert "interrupted" in outputs_sent(model_server)["c1"]
    assert (await talk.state())["done"] == ["delete a"]
    await host.app.close()
