"""Servers for the page to talk to: each message says what to do, and is done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from typing import Any

from litestar import Litestar

from chatkit_host import clock
from chatkit_host.server import ChatKitServer
from chatkit_host.store import MemoryStore
from chatkit_host.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    LockedStatus,
    StreamEvent,
    TextDelta,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadMetadata,
    UserMessageItem,
)
from tests.server.servers import text_of
from tests.web.bots import app_of

Script = str | Callable[[str], Iterable[StreamEvent]]
"""What is said to a message: a text, word by word, or the events for the thread of that id."""


class Sayer(ChatKitServer[Any]):
    """Says what `script` has for a message, word by word; `gate` holds it back after the first."""

    def __init__(self, script: Mapping[str, Script] | None = None) -> None:
        super().__init__(MemoryStore())
        self.script = dict(script or {})
        self.gate = asyncio.Event()
        self.gate.set()
        self.contexts: dict[str, Any] = {}

    def item(self, thread: ThreadMetadata, context: Any, text: str = "") -> AssistantMessageItem:
        return AssistantMessageItem(
            id=self.store.generate_item_id("message", thread, context),
            thread_id=thread.id,
            created_at=clock.now(),
            content=[AssistantMessageContent(text=text)] if text else [],
        )

    async def lock(self, reason: str) -> None:
        """Lock the newest thread."""
        await self._change(status=LockedStatus(reason=reason))

    async def retitle(self, title: str) -> None:
        """Give the newest thread a title."""
        await self._change(title=title)

    async def _change(self, **changes: Any) -> None:
        thread_id, context = list(self.contexts.items())[-1]
        thread = await self.store.load_thread(thread_id, context)
        await self.store.save_thread(thread.model_copy(update=changes), context)

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[StreamEvent]:
        self.contexts[thread.id] = context
        asked = text_of(input_user_message)
        said = self.script.get(asked, f"You said: {asked}")
        if isinstance(said, str):
            async for event in self.stream(self.item(thread, context), said):
                yield event
            return
        for event in said(thread.id):
            yield event

    async def stream(self, item: AssistantMessageItem, text: str) -> AsyncIterator[StreamEvent]:
        yield ThreadItemAddedEvent(item=item)
        for number, word in enumerate(text.split(" ")):
            yield TextDelta(item.id, 0, word if number == 0 else f" {word}")
            if number == 0:
                await self.gate.wait()
        content = [AssistantMessageContent(text=text)]
        yield ThreadItemDoneEvent(item=item.model_copy(update={"content": content}))


def bot(script: Mapping[str, Script] | None = None, **settings: Any) -> tuple[Sayer, Litestar]:
    """A server and the web around it."""
    server = Sayer(script)
    return server, app_of(server, **settings)
