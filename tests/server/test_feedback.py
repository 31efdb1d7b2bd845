"""Thumbs: kept for each item, the owner's own, the last one counts."""

from __future__ import annotations

from typing import Any

import pytest

from chatkit_host.errors import NotFoundError
from chatkit_host.store import MemoryStore
from tests.server.scripted_bot import Scripted
from tests.server.servers import ANN, BOB, EchoServer, ask, create, request, talk


async def test_the_last_thumb_wins_and_can_be_read() -> None:
    bot = Scripted()
    await bot.say("echo")
    ids = [item.id for item in await bot.items()]
    assert await bot.ask("items.feedback", item_ids=ids, kind="positive") == {}
    assert await bot.ask("items.feedback", item_ids=ids[1:], kind="negative") == {}
    kept = await bot.server.store.load_feedback(bot.thread_id, ANN)
    assert kept == {ids[0]: "positive", ids[1]: "negative"}


async def test_unknown_and_hidden_items_are_not_found_and_nothing_is_kept() -> None:
    bot = Scripted()
    await bot.say("hidden")
    [hidden] = await bot.items_of("hidden_context_item")
    seen = (await bot.items())[0].id
    for unknown in ("msg_none", hidden.id):
        error = await bot.refused("items.feedback", item_ids=[seen, unknown], kind="positive")
        assert error.status == 404
    assert await bot.server.store.load_feedback(bot.thread_id, ANN) == {}


async def test_an_item_is_looked_up_once_and_no_more_than_a_page_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bot = Scripted()
    await bot.say("echo")
    looked_up: list[str] = []
    load_item = bot.server.store.load_item

    async def counting(thread_id: str, item_id: str, context: Any) -> Any:
        looked_up.append(item_id)
        return await load_item(thread_id, item_id, context=context)

    monkeypatch.setattr(bot.server.store, "load_item", counting)
    seen = (await bot.items())[0].id
    assert await bot.ask("items.feedback", item_ids=[seen] * 1000, kind="positive") == {}
    assert looked_up == [seen]
    many = [f"msg_{number}" for number in range(201)]
    error = await bot.refused("items.feedback", item_ids=many, kind="positive")
    assert (error.status, looked_up) == (400, [seen])


async def test_a_strangers_thread_is_not_found_even_without_items() -> None:
    bot = Scripted()
    await bot.say("echo")
    for item_ids in ([], [(await bot.items())[0].id]):
        body = request(
            "items.feedback", thread_id=bot.thread_id, item_ids=item_ids, kind="positive"
        )
        with pytest.raises(NotFoundError):
            await bot.server.process(body, BOB)


class Hooked(EchoServer):
    """Takes feedback into its own hands."""

    async def add_feedback(
        self, thread_id: str, item_ids: list[str], feedback: Any, context: Any
    ) -> None:
        self.taken = (thread_id, item_ids, feedback, context)


async def test_a_server_of_ones_own_takes_it_by_the_hook() -> None:
    server = Hooked(MemoryStore())
    events = await talk(server, create("hi"))
    thread_id, item_id = events[0]["thread"]["id"], events[-1]["item"]["id"]
    body = request("items.feedback", thread_id=thread_id, item_ids=[item_id], kind="negative")
    assert await ask(server, body) == {}
    assert server.taken == (thread_id, [item_id], "negative", ANN)
    assert await server.store.load_feedback(thread_id, ANN) == {}
