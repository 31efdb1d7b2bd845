"""A store that fails while an answer is on its way: the client hears of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from chatkit_host.errors import UnavailableError
from chatkit_host.store import MemoryStore
from chatkit_host.store.records import ThreadRecord
from chatkit_host.types import (
    StreamEvent,
    TextDelta,
    ThreadItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadMetadata,
    UserMessageItem,
)
from tests.server.servers import EchoServer, ask, assistant, create, request, talk, types_of

WORDS = "The store cannot be reached now; try again later."


class FailingStore(MemoryStore):
    """Cannot be reached once it is told so."""

    fails = False

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: Any) -> None:
        self._reach()
        await super().add_thread_item(thread_id, item, context)

    async def change_thread(
        self, old: ThreadRecord, new: ThreadRecord, context: Any, **more: Any
    ) -> ThreadRecord | None:
        self._reach()
        return await super().change_thread(old, new, context, **more)

    def _reach(self) -> None:
        if self.fails:
            raise UnavailableError(WORDS)


class HalfwayServer(EchoServer):
    """Its store fails when half of the answer has been said; `renames` the thread after that."""

    store: FailingStore
    renames = False

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[StreamEvent]:
        item = assistant(self, thread, "half of it", context)
        yield ThreadItemAddedEvent(item=item)
        yield TextDelta(item.id, 0, " and more")
        self.store.fails = True
        if self.renames:
            thread.title = "Renamed"
            raise UnavailableError(WORDS)
        yield ThreadItemDoneEvent(item=item)


@pytest.mark.parametrize("renames", [False, True])
async def test_an_answer_that_cannot_be_stored_ends_with_an_error(renames: bool) -> None:
    server = HalfwayServer(FailingStore())
    server.renames = renames
    events = await talk(server, create("hi"))
    assert types_of(events).count("error") == 1
    assert events[-1] == {**events[-1], "type": "error", "message": WORDS}
    assert server.busy == 0


async def test_the_thread_is_free_afterwards() -> None:
    server = HalfwayServer(FailingStore())
    thread_id = (await talk(server, create("hi")))[0]["thread"]["id"]
    server.store.fails = False
    renamed = await ask(server, request("threads.update", thread_id=thread_id, title="New"))
    assert renamed["title"] == "New"
