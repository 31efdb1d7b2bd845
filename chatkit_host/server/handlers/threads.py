"""Threads: one, a page of them, a new title, and gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chatkit_host.errors import InvalidRequestError
from chatkit_host.server.constants import DEFAULT_PAGE_SIZE, LONGEST_TITLE
from chatkit_host.server.handlers.attachments import delete_quietly
from chatkit_host.server.responses import page_size, thread_response, visible_items
from chatkit_host.store import AttachmentIndex, WirePages
from chatkit_host.types import (
    Page,
    Thread,
    ThreadDeleteParams,
    ThreadGetByIdParams,
    ThreadListParams,
    ThreadUpdateParams,
)
from chatkit_host.types.codec import encode

if TYPE_CHECKING:
    from chatkit_host.server.chatkit_server import ChatKitServer


async def get_by_id(server: ChatKitServer[Any], params: ThreadGetByIdParams, context: Any) -> bytes:
    """A thread with its first page of items, the oldest first."""
    if isinstance(server.store, WirePages):
        return await server.store.thread_json(params.thread_id, DEFAULT_PAGE_SIZE, context)
    thread = await server.store.load_thread(params.thread_id, context=context)
    items = await visible_items(
        server.store,
        thread.id,
        after=None,
        limit=DEFAULT_PAGE_SIZE,
        order="asc",
        context=context,
    )
    return encode(thread_response(thread, items))


async def list_threads(server: ChatKitServer[Any], params: ThreadListParams, context: Any) -> bytes:
    """A page of threads, without their items."""
    limit = page_size(params.limit)
    if isinstance(server.store, WirePages):
        return await server.store.threads_json(limit, params.after, params.order, context)
    page = await server.store.load_threads(limit, params.after, params.order, context=context)
    shown = Page[Thread](
        data=[thread_response(thread) for thread in page.data],
        has_more=page.has_more,
        after=page.after,
    )
    return encode(shown)


async def update(server: ChatKitServer[Any], params: ThreadUpdateParams, context: Any) -> bytes:
    """A thread with its new title."""
    if len(params.title) > LONGEST_TITLE:
        raise InvalidRequestError(f"params.title: more than {LONGEST_TITLE} characters")
    async with server.changing_thread(params.thread_id, context) as thread:
        thread.title = params.title
    return encode(thread_response(thread))


async def delete(server: ChatKitServer[Any], params: ThreadDeleteParams, context: Any) -> bytes:
    """A thread is gone, with its items and attachments; what it is answering ends.

    Who changes it beside its turns, such as a sync action, comes to the end first: what is saved
    after the thread has gone would make it anew.
    """
    thread_id, store = params.thread_id, server.store
    await store.load_thread(thread_id, context=context)
    async with server.turns.deleting(thread_id):
        await store.delete_thread(thread_id, context=context)
    if server.attachment_store is not None and isinstance(store, AttachmentIndex):
        attached = await store.thread_attachments(thread_id, context)
        await delete_quietly(server, thread_id, attached, context)
    return b"{}"
