"""A user's message: in a new thread, or in one that is there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from chatkit_host import clock
from chatkit_host.server.handlers.attachments import load_sent
from chatkit_host.server.handlers.client_tools import close_waiting_calls
from chatkit_host.server.responses import thread_response
from chatkit_host.server.thread_status import require_active
from chatkit_host.server.turn_plan import TurnPlan
from chatkit_host.types import (
    StreamEvent,
    ThreadAddUserMessageParams,
    ThreadCreatedEvent,
    ThreadCreateParams,
    ThreadItemDoneEvent,
    ThreadMetadata,
    UserMessageInput,
    UserMessageItem,
)

if TYPE_CHECKING:
    from chatkit_host.server.chatkit_server import ChatKitServer


async def create_thread(
    server: ChatKitServer[Any], thread_id: str, params: ThreadCreateParams, context: Any
) -> TurnPlan:
    """A new thread, and the answer to its first message."""
    thread = server.build_thread(thread_id, context)
    message = await _build_message(server, thread, params.input, context)

    async def opening() -> Sequence[StreamEvent]:
        await _store_attachments(server, message, context)
        await server.store.save_thread_with_items(thread, [message], context=context)
        created = ThreadCreatedEvent(thread=thread_response(thread))
        return [created, ThreadItemDoneEvent(item=message)]

    return TurnPlan(thread, partial(server.respond, thread, message, context), opening)


async def add_user_message(
    server: ChatKitServer[Any], thread_id: str, params: ThreadAddUserMessageParams, context: Any
) -> TurnPlan:
    """The answer to one more message; calls of the page that still wait are closed before it."""
    thread = await server.store.load_thread(thread_id, context=context)
    require_active(thread)
    message = await _build_message(server, thread, params.input, context)

    async def opening() -> Sequence[StreamEvent]:
        closed = await close_waiting_calls(server, thread_id, context)
        settled = await server.settle_thread(thread, context)
        return [*closed, *settled, *await _store_message(server, thread, message, context)]

    return TurnPlan(thread, partial(server.respond, thread, message, context), opening)


async def _build_message(
    server: ChatKitServer[Any], thread: ThreadMetadata, given: UserMessageInput, context: Any
) -> UserMessageItem:
    attachments = await load_sent(server, given.attachments, thread, context)
    message = UserMessageItem(
        id=server.store.generate_item_id("message", thread, context),
        thread_id=thread.id,
        created_at=clock.now(),
        content=given.content,
        attachments=attachments,
        quoted_text=given.quoted_text,
        inference_options=given.inference_options,
    )
    await server.check_user_message(thread, message, context)
    return message


async def _store_message(
    server: ChatKitServer[Any], thread: ThreadMetadata, message: UserMessageItem, context: Any
) -> Sequence[StreamEvent]:
    await _store_attachments(server, message, context)
    await server.store.add_thread_item(thread.id, message, context=context)
    return [ThreadItemDoneEvent(item=message)]


async def _store_attachments(
    server: ChatKitServer[Any], message: UserMessageItem, context: Any
) -> None:
    for attachment in message.attachments:
        await server.store.save_attachment(attachment, context=context)
