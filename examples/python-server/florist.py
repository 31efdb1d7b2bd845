"""A server of its own: written for openai-chatkit, it would differ in its imports alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any, Literal

from chatkit_host.actions import Action
from chatkit_host.server import ChatKitServer, stream_widget
from chatkit_host.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    ThreadItemDoneEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    WidgetItem,
)
from chatkit_host.widgets import Button, Card, Text

Order = Action[Literal["florist.order"], dict[str, str]]


class Florist(ChatKitServer[Any]):
    """Offers what it is asked for, and takes the order."""

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        asked = "".join(part.text for part in input_user_message.content if part.text)
        thread.title = thread.title or asked
        card = Card(
            children=[
                Text(value=asked.capitalize(), weight="semibold"),
                Button(label="Order", onClickAction=Order.create({"what": asked})),
            ]
        )
        async for event in stream_widget(thread, card, copy_text=asked):
            yield event

    async def action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Any,
    ) -> AsyncIterator[ThreadStreamEvent]:
        what, customer = action.payload["what"], context.user["id"]
        yield ThreadItemDoneEvent(item=self._said(thread, f"Ordered: {what}, for {customer}."))

    def _said(self, thread: ThreadMetadata, text: str) -> AssistantMessageItem:
        return AssistantMessageItem(
            id=self.store.generate_item_id("message", thread, None),
            thread_id=thread.id,
            created_at=datetime.now(UTC),
            content=[AssistantMessageContent(text=text)],
        )
