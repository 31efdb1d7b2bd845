"""A user's message answered once more, in place of everything that came after it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from chatkit_host.errors import InvalidRequestError
from chatkit_host.server.constants import MAX_PAGE_SIZE
from chatkit_host.server.handlers.attachments import delete_quietly
from chatkit_host.server.handlers.client_tools import close_waiting_calls
from chatkit_host.server.thread_status import require_active
from chatkit_host.server.turn_plan import TurnPlan
from chatkit_host.types import (
    StreamEvent,
    ThreadItem,
    ThreadRetryAfterItemParams,
    UserMessageItem,
)

if TYPE_CHECKING:
    from chatkit_host.server.chatkit_server import ChatKitServer


async def retry_after_item(
    server: ChatKitServer[Any], thread_id: str, params: ThreadRetryAfterItemParams, context: Any
) -> TurnPlan:
    """The answer to a message once more.

    What came after the message goes as soon as the turn begins; the message stays, so that a
    retry that fails can be tried again.
    """
    thread = await server.store.load_thread(thread_id, context=context)
    require_active(thread)
    message = await server.store.load_item(thread_id, params.item_id, context=context)
    if not isinstance(message, UserMessageItem):
        raise InvalidRequestError(f"params.item_id: {params.item_id} is not a user message")

    async def opening() -> Sequence[StreamEvent]:
        uploads = await _uploads_after(server, thread_id, message.id, context)
        await server.store.delete_items_after(thread_id, message.id, context=context)
        await delete_quietly(server, thread_id, sorted(uploads), context)
        return await close_waiting_calls(server, thread_id, context)

    return TurnPlan(thread, partial(server.respond, thread, message, context), opening)


async def _uploads_after(
    server: ChatKitServer[Any], thread_id: str, item_id: str, context: Any
) -> set[str]:
    """The attachments of later messages that no message up to this one has too."""
    doomed = {
        attachment_id
        async for item in _items(server, thread_id, item_id, "asc", context)
        for attachment_id in _attached([item])
    }
    if not doomed:
        return doomed
    kept = await server.store.load_item(thread_id, item_id, context=context)
    doomed.difference_update(_attached([kept]))
    async for item in _items(server, thread_id, item_id, "desc", context):
        doomed.difference_update(_attached([item]))
    return doomed


def _attached(items: Iterable[ThreadItem]) -> list[str]:
    messages = [item for item in items if isinstance(item, UserMessageItem)]
    return [attachment.id for message in messages for attachment in message.attachments]


async def _items(
    server: ChatKitServer[Any], thread_id: str, after: str, order: str, context: Any
) -> AsyncIterator[ThreadItem]:
    cursor: str | None = after
    while cursor is not None:
        page = await server.store.load_thread_items(
            thread_id, cursor, MAX_PAGE_SIZE, order, context=context
        )
        for item in page.data:
            yield item
        cursor = page.after if page.has_more else None
