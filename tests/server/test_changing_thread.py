"""A thread that is changed while a turn ends keeps what the turn has made of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from chatkit_host.store import MemoryStore
from chatkit_host.types import StreamEvent, ThreadMetadata, UserMessageItem
from tests.server.servers import ANN, EchoServer, GatedServer, add, ask, create, request, talk


class SlowStore(MemoryStore):
    """Saves in its own way; what it loads is on its way for as long as it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.read, self.may_arrive = asyncio.Event(), asyncio.Event()
        self.may_arrive.set()

    async def save_thread(self, thread: ThreadMetadata, context: Any) -> None:
        await super().save_thread(thread, context)

    async def load_thread(self, thread_id: str, context: Any) -> ThreadMetadata:
        loaded = await super().load_thread(thread_id, context)
        self.read.set()
        await self.may_arrive.wait()
        return loaded


class PayingServer(GatedServer):
    """Notes in the thread, at the very end, what was paid."""

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[StreamEvent]:
        async for event in super().respond(thread, input_user_message, context):
            yield event
        thread.metadata["paid"] = True


async def test_a_title_that_comes_as_a_turn_ends_keeps_what_the_turn_has_set() -> None:
    store = SlowStore()
    thread_id = (await talk(EchoServer(store), create("hi")))[0]["thread"]["id"]
    server = PayingServer(store)
    answer = asyncio.create_task(talk(server, add(thread_id, "go")))
    await server.first_word_sent.wait()
    store.may_arrive.clear()
    store.read.clear()
    rename = request("threads.update", thread_id=thread_id, title="Mine")
    renaming = asyncio.create_task(ask(server, rename))
    await store.read.wait()
    server.gate.set()
    await answer
    store.may_arrive.set()
    await renaming
    stored = await store.load_thread(thread_id, ANN)
    assert (stored.title, stored.metadata) == ("Mine", {"paid": True})
