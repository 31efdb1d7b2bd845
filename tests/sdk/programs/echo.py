"""A server as people write it for `openai-chatkit`: its store in dictionaries, its times naive.

Both sides run this very file; for ours, `chatkit` becomes `chatkit_host` in its imports.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from chatkit.server import ChatKitServer
from chatkit.store import NotFoundError, Store
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    Attachment,
    Page,
    ThreadItem,
    ThreadItemDoneEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
)

RequestContext = dict[str, Any]


class DictStore(Store[RequestContext]):
    """The abstract methods, and nothing else."""

    def __init__(self) -> None:
        self.threads: dict[str, ThreadMetadata] = {}
        self.items: dict[str, list[ThreadItem]] = {}

    async def load_thread(self, thread_id: str, context: RequestContext) -> ThreadMetadata:
        if thread_id not in self.threads:
            raise NotFoundError(thread_id)
        return self.threads[thread_id].model_copy(deep=True)

    async def save_thread(self, thread: ThreadMetadata, context: RequestContext) -> None:
        self.threads[thread.id] = ThreadMetadata(**thread.model_dump(exclude={"items"}))

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: RequestContext
    ) -> Page[ThreadMetadata]:
        return Page(data=list(self.threads.values())[:limit], has_more=False, after=None)

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: RequestContext
    ) -> Page[ThreadItem]:
        rows = self.items.get(thread_id, [])
        return Page(data=rows if order == "asc" else rows[::-1], has_more=False, after=None)

    async def add_thread_item(
        self, thread_id: str, item: ThreadItem, context: RequestContext
    ) -> None:
        self.items.setdefault(thread_id, []).append(item)

    async def save_item(self, thread_id: str, item: ThreadItem, context: RequestContext) -> None:
        kept = self.items[thread_id]
        kept[[each.id for each in kept].index(item.id)] = item

    async def load_item(self, thread_id: str, item_id: str, context: RequestContext) -> ThreadItem:
        for item in self.items.get(thread_id, []):
            if item.id == item_id:
                return item
        raise NotFoundError(item_id)

    async def delete_thread(self, thread_id: str, context: RequestContext) -> None:
        del self.threads[thread_id]

    async def delete_thread_item(
        self, thread_id: str, item_id: str, context: RequestContext
    ) -> None:
        self.items[thread_id] = [each for each in self.items[thread_id] if each.id != item_id]

    async def save_attachment(self, attachment: Attachment, context: RequestContext) -> None:
        raise NotImplementedError

    async def load_attachment(self, attachment_id: str, context: RequestContext) -> Attachment:
        raise NotImplementedError

    async def delete_attachment(self, attachment_id: str, context: RequestContext) -> None:
        raise NotImplementedError


class EchoServer(ChatKitServer[RequestContext]):
    """Says what it was told."""

    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: RequestContext,
    ) -> AsyncIterator[ThreadStreamEvent]:
        parts = input_user_message.content if input_user_message else []
        heard = "".join(part.text for part in parts if hasattr(part, "text"))
        yield ThreadItemDoneEvent(
            item=AssistantMessageItem(
                id=self.store.generate_item_id("message", thread, context),
                thread_id=thread.id,
                created_at=datetime.now(),  # noqa: DTZ005 - as the README of the SDK has it
                content=[AssistantMessageContent(text=f"Echo: {heard}")],
            )
        )
