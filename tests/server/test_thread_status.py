"""A thread that is locked or closed takes nothing new from its user."""

from __future__ import annotations

from typing import Any

import pytest

from chatkit_host.types import ActiveStatus, ClosedStatus, LockedStatus, ThreadMetadata
from tests.server.scripted_bot import Scripted
from tests.server.servers import ANN, user_input

STATUSES = [LockedStatus(reason="Out of office."), ClosedStatus()]


async def bot_with(status: Any, word: str = "echo") -> Scripted:
    """A bot whose thread has this status after its first message."""
    bot = Scripted()
    await bot.say(word)
    await set_status(bot, status)
    return bot


async def set_status(bot: Scripted, status: Any) -> None:
    thread: ThreadMetadata = await bot.server.store.load_thread(bot.thread_id, ANN)
    thread.status = status
    await bot.server.store.save_thread(thread, ANN)


@pytest.mark.parametrize("status", STATUSES, ids=lambda status: status.type)
@pytest.mark.parametrize(
    ("word", "operation", "params"),
    [
        ("echo", "threads.add_user_message", {"input": user_input("hi")}),
        ("client_tool", "threads.add_client_tool_output", {"result": 1}),
        ("ask", "threads.add_structured_input", {"item_id": "last", "input": {}}),
        ("echo", "threads.retry_after_item", {"item_id": "first"}),
    ],
)
async def test_it_refuses_with_the_reason_and_keeps_what_it_has(
    status: Any, word: str, operation: str, params: dict[str, Any]
) -> None:
    bot = await bot_with(status, word)
    before = await bot.items()
    ids = {"first": before[0].id, "last": before[-1].id}
    item = {"item_id": ids[params["item_id"]]} if "item_id" in params else {}
    error = await bot.refused(operation, **params | item)
    assert (error.status, error.code) == (409, f"thread_{status.type}")
    assert status.type in str(error)
    assert (status.reason or "") in str(error)
    assert await bot.items() == before


@pytest.mark.parametrize("status", STATUSES, ids=lambda status: status.type)
async def test_it_can_still_be_acted_in_read_renamed_liked_and_deleted(status: Any) -> None:
    bot = await bot_with(status)
    events = await bot.send("threads.custom_action", action={"type": "go"})
    assert events[-1]["type"] == "client_effect"
    assert await bot.ask("threads.sync_custom_action", action={"type": "go"}) == {}
    item_id = (await bot.items())[0].id
    await bot.ask("items.feedback", item_ids=[item_id], kind="positive")
    renamed = await bot.ask("threads.update", title="New")
    assert (renamed["title"], renamed["status"]["type"]) == ("New", status.type)
    assert await bot.ask("threads.delete") == {}


async def test_it_takes_messages_once_it_is_active_again() -> None:
    bot = await bot_with(LockedStatus())
    await set_status(bot, ActiveStatus())
    assert (await bot.say("echo"))[-1]["type"] == "thread.item.done"


async def test_the_turn_that_locks_it_goes_on_to_its_end() -> None:
    bot = Scripted()
    events = await bot.say("title")
    updates = [event["thread"] for event in events if event["type"] == "thread.updated"]
    assert {"type": "locked", "reason": "busy"} in [thread["status"] for thread in updates]
    assert updates[-1]["title"] == "Last"
