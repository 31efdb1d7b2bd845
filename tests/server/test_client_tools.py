"""Client tools: one call takes the page's output, and none is left behind."""

from __future__ import annotations

from chatkit_host.server.constants import UNANSWERED_CALL
from tests.server.scripted_bot import Scripted


async def test_an_output_completes_the_call_and_the_answer_goes_on() -> None:
    bot = Scripted()
    await bot.say("client_tool")
    events = await bot.send("threads.add_client_tool_output", result={"seen": [1, None]})
    assert events[-1]["item"]["content"][0]["text"] == "went on"
    [call] = await bot.items_of("client_tool_call")
    assert (call.status, call.output) == ("completed", {"seen": [1, None]})


async def test_an_output_may_be_nothing() -> None:
    bot = Scripted()
    await bot.say("client_tool")
    await bot.send("threads.add_client_tool_output", result=None)
    [call] = await bot.items_of("client_tool_call")
    assert (call.status, call.output) == ("completed", None)


async def test_a_second_output_is_a_conflict() -> None:
    bot = Scripted()
    await bot.say("client_tool")
    await bot.send("threads.add_client_tool_output", result=1)
    error = await bot.refused("threads.add_client_tool_output", result=2)
    assert (error.status, error.code) == (409, "conflict")
    assert (await bot.items_of("client_tool_call"))[0].output == 1


async def test_an_output_that_nobody_waits_for_is_a_conflict() -> None:
    bot = Scripted()
    await bot.say("echo")
    assert (await bot.refused("threads.add_client_tool_output", result=2)).status == 409


async def test_a_message_closes_the_call_that_a_reload_left_behind() -> None:
    bot = Scripted()
    await bot.say("client_tool")
    events = await bot.say("echo")
    assert [event["type"] for event in events[:2]] == ["thread.item.replaced", "thread.item.done"]
    [call] = await bot.items_of("client_tool_call")
    assert (call.status, call.output) == ("completed", UNANSWERED_CALL)
    assert (await bot.refused("threads.add_client_tool_output", result=2)).status == 409


async def test_every_call_is_closed_however_far_back_it_stands() -> None:
    bot = Scripted()
    await bot.say("echo")
    thread = await bot.server.store.load_thread(bot.thread_id, {"user_id": "ann"})
    for word in ["client_tool", *["echo"] * 300, "client_tool"]:
        async for event in getattr(bot.server, f"do_{word}")(thread, {}):
            await bot.server.store.add_thread_item(thread.id, event.item, {"user_id": "ann"})
    await bot.say("echo")
    calls = await bot.items_of("client_tool_call")
    assert [call.output for call in calls] == [UNANSWERED_CALL] * 2


async def test_an_output_goes_to_the_newest_call_and_closes_older_ones() -> None:
    bot = Scripted()
    await bot.say("client_tool")
    thread = await bot.server.store.load_thread(bot.thread_id, {"user_id": "ann"})
    async for event in bot.server.do_client_tool(thread, {}):
        await bot.server.store.add_thread_item(thread.id, event.item, {"user_id": "ann"})
    await bot.send("threads.add_client_tool_output", result="mine")
    calls = await bot.items_of("client_tool_call")
    assert [call.output for call in calls] == [UNANSWERED_CALL, "mine"]


async def test_answers_and_retries_close_calls_too() -> None:
    bot = Scripted()
    first = await bot.say("client_tool")
    await bot.send("threads.retry_after_item", item_id=first[1]["item"]["id"])
    thread = await bot.server.store.load_thread(bot.thread_id, {"user_id": "ann"})
    async for event in bot.server.do_ask(thread, {}):
        await bot.server.store.add_thread_item(thread.id, event.item, {"user_id": "ann"})
    [questions] = await bot.items_of("structured_input")
    await bot.send("threads.add_structured_input", item_id=questions.id, input={"answers": {}})
    [call] = await bot.items_of("client_tool_call")
    assert call.output == UNANSWERED_CALL


async def test_an_action_leaves_a_waiting_call_alone() -> None:
    bot = Scripted()
    await bot.say("client_tool")
    await bot.send("threads.custom_action", action={"type": "go"})
    [call] = await bot.items_of("client_tool_call")
    assert call.status == "pending"
