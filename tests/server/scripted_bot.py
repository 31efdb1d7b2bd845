"""The scripted server of `scripted.py` on a store that knows owners."""

from __future__ import annotations

from typing import Any

import pytest

from chatkit_host.errors import RequestError
from chatkit_host.store import MemoryStore
from chatkit_host.types import ThreadItem
from tests.server.scripted import Sdk, make_server
from tests.server.servers import ANN, add, ask, create, request, talk


class Scripted:
    """A talk with it, in one thread, as Ann."""

    def __init__(self) -> None:
        self.server = make_server(Sdk("chatkit_host"))
        self.server.store = MemoryStore()
        self.thread_id = ""

    async def say(self, word: str) -> list[dict[str, Any]]:
        """Have the server do what the word says."""
        if self.thread_id:
            return await talk(self.server, add(self.thread_id, word))
        events = await talk(self.server, create(word))
        self.thread_id = events[0]["thread"]["id"]
        return events

    async def send(self, operation: str, /, **params: Any) -> list[dict[str, Any]]:
        """The events of another streaming operation in the thread."""
        return await talk(self.server, request(operation, thread_id=self.thread_id, **params))

    async def ask(self, operation: str, /, **params: Any) -> dict[str, Any]:
        """The answer to an operation that does not stream."""
        return await ask(self.server, request(operation, thread_id=self.thread_id, **params))

    async def refused(self, operation: str, /, **params: Any) -> RequestError:
        """The error with which an operation is refused before anything begins."""
        with pytest.raises(RequestError) as caught:
            await self.server.process(request(operation, thread_id=self.thread_id, **params), ANN)
        return caught.value

    async def items(self) -> list[ThreadItem]:
        """All items of the thread, hidden ones too."""
        store = self.server.store
        page = await store.load_thread_items(self.thread_id, None, 500, "asc", context=ANN)
        items: list[ThreadItem] = page.data
        return items

    async def items_of(self, kind: str) -> list[Any]:
        return [item for item in await self.items() if item.type == kind]
