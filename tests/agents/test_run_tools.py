"""Tools of a run: their calls are kept, and what they stream comes in order."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chatkit_host import clock
from chatkit_host.agents import ClientToolCall, ToolError, build_tool
from chatkit_host.errors import CustomStreamError
from chatkit_host.types import (
    ClientToolCallItem,
    HiddenContextItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ToolCallItem,
)
from tests.agents.harness import (
    EMPTY,
    Conversation,
    agent,
    done_items,
    messages_sent,
    texts,
    tool,
)
from tests.model_server.script import call, say
from tests.model_server.server import ModelServer


async def test_a_tool_call_is_kept_hidden_with_its_output(
    talk: Conversation, model_server: ModelServer
) -> None:
    await talk.user_says("hi")
    model_server.reply(call("look", {"at": "it"}, call_id="call_7"))
    model_server.reply(say("Red."))
    events = await talk.turn(agent(tools=[tool("look", {"colour": "red"})]))
    [kept] = done_items(events, ToolCallItem)
    assert (kept.call_id, kept.name, kept.arguments) == ("call_7", "look", '{"at": "it"}')
    assert kept.output == '{"colour": "red"}'
    added = [e.item for e in events if isinstance(e, ThreadItemAddedEvent)]
    assert isinstance(added[0], ToolCallItem)
    assert added[0].output is None


async def test_parallel_calls_are_kept_as_they_end(
    talk: Conversation, model_server: ModelServer
) -> None:
    fast_is_done = asyncio.Event()

    async def slow(_: dict[str, Any], __: Any) -> str:
        await fast_is_done.wait()
        return "slow"

    async def fast(_: dict[str, Any], __: Any) -> str:
        return "fast"

    await talk.user_says("hi")
    model_server.reply(call("slow"), call("fast"))
    model_server.reply(say("Both."))
    tools = [build_tool("slow", "", EMPTY, slow), build_tool("fast", "", EMPTY, fast)]
    outputs = []
    async with await talk.run(agent(tools=tools)) as run:
        async for event in run:
            if isinstance(event, ThreadItemDoneEvent) and isinstance(event.item, ToolCallItem):
                outputs.append(event.item.output)
                # The event for the fast one is here although the slow one still waits.
                fast_is_done.set()
    assert outputs == ["fast", "slow"]


async def test_call_ids_that_a_server_gives_twice_are_told_apart(
    talk: Conversation, model_server: ModelServer
) -> None:
    for _ in range(2):
        await talk.user_says("hi")
        model_server.reply(call("look", call_id="call_0"), call("look", {"n": 1}, call_id="call_0"))
        model_server.reply(call("look", call_id="call_0"))
        model_server.reply(say("Done."))
        await talk.turn(agent(tools=[tool("look")]))
    ids = [i.call_id for i in await talk.items() if isinstance(i, ToolCallItem)]
    assert len(ids) == len(set(ids)) == 6


async def test_a_client_tool_call_ends_the_turn_under_its_own_call_id(
    talk: Conversation, model_server: ModelServer
) -> None:
    async def ask_page(arguments: dict[str, Any], call: Any) -> None:
        call.context.call_client("selected", arguments, call_id=call.tool_call_id)

    await talk.user_says("hi")
    model_server.reply(
        call("look", call_id="call_1"),
        call("selected", {"a": 1}, call_id="call_2"),
        call("look", {"b": 1}, call_id="call_3"),
    )
    tools = [tool("look"), build_tool("selected", "", EMPTY, ask_page)]
    stop = {"stop_at_tool_names": ["selected"]}
    events = await talk.turn(agent(tools=tools, tool_use_behavior=stop))
    [asked] = done_items(events, ClientToolCallItem)
    assert (asked.call_id, asked.name, asked.arguments) == ("call_2", "selected", {"a": 1})
    assert asked.status == "pending"
    assert {i.call_id for i in done_items(events, ToolCallItem)} == {"call_1", "call_3"}

    answered = asked.model_copy(update={"status": "completed", "output": {"is": "red"}})
    await talk.add(answered)
    model_server.reply(say("Red."))
    assert texts(await talk.turn(agent(tools=tools))) == ["Red."]
    assert '{"is": "red"}' in str(messages_sent(model_server))


async def test_a_client_tool_call_of_a_users_own_finds_its_call(
    talk: Conversation, model_server: ModelServer
) -> None:
    async def ask_page(arguments: dict[str, Any], call: Any) -> None:
        call.context.client_tool_call = ClientToolCall(name="selected", arguments=arguments)

    await talk.user_says("hi")
    model_server.reply(call("selected", {"a": 1}, call_id="call_1"), call("look", call_id="call_2"))
    tools = [build_tool("selected", "", EMPTY, ask_page), tool("look")]
    stop = {"stop_at_tool_names": ["selected"]}
    events = await talk.turn(agent(tools=tools, tool_use_behavior=stop))
    assert [i.call_id for i in done_items(events, ClientToolCallItem)] == ["call_1"]
    assert [i.call_id for i in done_items(events, ToolCallItem)] == ["call_2"]


async def test_what_tools_stream_comes_in_order(
    talk: Conversation, model_server: ModelServer
) -> None:
    async def note(_: dict[str, Any], call: Any) -> str:
        context = call.context
        item = HiddenContextItem(
            id="hidden",
            thread_id=context.thread.id,
            created_at=clock.now(),
            content="noted",
        )
        await context.stream(ThreadItemDoneEvent(item=item))
        return "ok"

    await talk.user_says("hi")
    model_server.reply(say("Noting. "), call("note"))
    model_server.reply(say("Noted."))
    await talk.turn(agent(tools=[build_tool("note", "", EMPTY, note)]))
    kinds = [item.type for item in await talk.items()]
    assert kinds == [
        "user_message",
        "assistant_message",
        "hidden_context_item",
        "tool_call",
        "assistant_message",
    ]
    await talk.user_says("and?")
    model_server.reply(say("Yes."))
    await talk.turn(agent())
    sent = str(messages_sent(model_server))
    assert sent.index("'ok'") < sent.index("noted")


async def test_what_a_tool_may_say_of_its_failure_is_all_the_model_hears(
    talk: Conversation, model_server: ModelServer
) -> None:
    await talk.user_says("hi")
    model_server.reply(call("told"), call("untold"), call("nowhere"))
    model_server.reply(say("Ah."))
    tools = [tool("told", ToolError("no such cat")), tool("untold", ValueError("password=1"))]
    events = await talk.turn(agent(tools=tools))
    outputs = {i.name: i.output for i in done_items(events, ToolCallItem)}
    assert outputs["told"] == "Error: no such cat"
    assert outputs["untold"].startswith("Error: the tool failed")
    assert "password" not in str(messages_sent(model_server))
    assert "nowhere" in outputs


async def test_a_tool_can_end_the_turn_with_words_for_the_user(
    talk: Conversation, model_server: ModelServer
) -> None:
    await talk.user_says("hi")
    model_server.reply(call("stop"))
    with pytest.raises(CustomStreamError, match="The shop is shut"):
        await talk.turn(agent(tools=[tool("stop", CustomStreamError("The shop is shut"))]))
