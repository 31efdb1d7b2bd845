"""Custom actions, streaming and sync."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from chatkit_host.errors import InvalidRequestError
from chatkit_host.server.responses import thread_response
from chatkit_host.server.turn_plan import TurnPlan
from chatkit_host.types import (
    StreamEvent,
    ThreadCreatedEvent,
    ThreadCustomActionParams,
    WidgetItem,
    is_hidden,
)
from chatkit_host.types.codec import encode

if TYPE_CHECKING:
    from chatkit_host.server.chatkit_server import ChatKitServer


async def custom_action(
    server: ChatKitServer[Any], thread_id: str, params: ThreadCustomActionParams, context: Any
) -> TurnPlan:
    """An action as a turn of its own; with no thread named, in a new one."""
    _require_override(server, "action")
    if not params.thread_id:
        return await _first_action(server, thread_id, params, context)
    thread = await server.store.load_thread(thread_id, context=context)
    sender = await _load_sender(server, params, context)
    await server.check_action(thread, params.action, sender, context, sync=False)
    return TurnPlan(thread, partial(server.action, thread, params.action, sender, context))


async def _first_action(
    server: ChatKitServer[Any], thread_id: str, params: ThreadCustomActionParams, context: Any
) -> TurnPlan:
    """What the page does before the first message begins the thread."""
    if params.item_id:
        raise InvalidRequestError("params.item_id: a thread that is yet to be made has no widgets")
    thread = server.build_thread(thread_id, context)
    await server.check_action(thread, params.action, None, context, sync=False)

    async def opening() -> Sequence[StreamEvent]:
        await server.store.save_thread(thread, context=context)
        return [ThreadCreatedEvent(thread=thread_response(thread))]

    return TurnPlan(thread, partial(server.action, thread, params.action, None, context), opening)


async def sync_custom_action(
    server: ChatKitServer[Any], params: ThreadCustomActionParams, context: Any
) -> bytes:
    """An action that answers with one item; it may come while the thread is streaming."""
    async with server.changing_thread(params.thread_id, context) as thread:
        sender = await _load_sender(server, params, context)
        await server.check_action(thread, params.action, sender, context, sync=True)
        response = await server.sync_action(thread, params.action, sender, context)
    if response.updated_item is not None and is_hidden(response.updated_item):
        response = response.model_copy(update={"updated_item": None})
    return encode(response)


async def _load_sender(
    server: ChatKitServer[Any], params: ThreadCustomActionParams, context: Any
) -> WidgetItem | None:
    if not params.item_id:
        return None
    item = await server.store.load_item(params.thread_id, params.item_id, context=context)
    if not isinstance(item, WidgetItem):
        raise InvalidRequestError(f"params.item_id: {item.id} is not a widget")
    return item


def _require_override(server: ChatKitServer[Any], name: str) -> None:
    from chatkit_host.server.chatkit_server import ChatKitServer

    if getattr(type(server), name) is getattr(ChatKitServer, name):
        raise InvalidRequestError("Custom actions are not supported here.")
