"""Items of a thread: a page of them, and feedback on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chatkit_host.errors import InvalidRequestError, NotFoundError
from chatkit_host.server.constants import MAX_PAGE_SIZE
from chatkit_host.server.responses import page_size, visible_items
from chatkit_host.store import WirePages
from chatkit_host.types import ItemFeedbackParams, ItemsListParams, is_hidden
from chatkit_host.types.codec import encode

if TYPE_CHECKING:
    from chatkit_host.server.chatkit_server import ChatKitServer


async def list_items(server: ChatKitServer[Any], params: ItemsListParams, context: Any) -> bytes:
    """A page of items that the client may see."""
    limit = page_size(params.limit)
    if isinstance(server.store, WirePages):
        return await server.store.items_json(
            params.thread_id, params.after, limit, params.order, context
        )
    await server.store.load_thread(params.thread_id, context=context)
    page = await visible_items(
        server.store,
        params.thread_id,
        after=params.after,
        limit=limit,
        order=params.order,
        context=context,
    )
    return encode(page)


async def feedback(server: ChatKitServer[Any], params: ItemFeedbackParams, context: Any) -> bytes:
    """A thumbs up or down, for items that are there."""
    await server.store.load_thread(params.thread_id, context=context)
    item_ids = list(dict.fromkeys(params.item_ids))
    if len(item_ids) > MAX_PAGE_SIZE:
        raise InvalidRequestError(f"params.item_ids: more than {MAX_PAGE_SIZE} items")
    for item_id in item_ids:
        item = await server.store.load_item(params.thread_id, item_id, context=context)
        if is_hidden(item):
            raise NotFoundError(f"There is no item {item_id!r}.")
    await server.add_feedback(params.thread_id, item_ids, params.kind, context)
    return b"{}"
