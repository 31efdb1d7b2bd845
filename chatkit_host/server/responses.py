"""Threads and pages as the client may see them: no hidden items, no metadata."""

from __future__ import annotations

from typing import TypeVar

from chatkit_host.errors import InvalidRequestError
from chatkit_host.server.constants import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE
from chatkit_host.store import Store
from chatkit_host.types import Page, Thread, ThreadItem, ThreadMetadata, is_hidden

TContext = TypeVar("TContext")


def thread_response(thread: ThreadMetadata, items: Page[ThreadItem] | None = None) -> Thread:
    """The thread without what is the server's own; its items as given, else none."""
    return Thread(
        id=thread.id,
        title=thread.title,
        created_at=thread.created_at,
        status=thread.status,
        allowed_image_domains=thread.allowed_image_domains,
        items=items if items is not None else Page(),
    )


def page_size(limit: int | None) -> int:
    """The page size to use for a client's `limit`.

    Raises:
        InvalidRequestError: the limit is below 1.
    """
    if limit is None:
        return DEFAULT_PAGE_SIZE
    if limit < 1:
        raise InvalidRequestError(f"params.limit: must be at least 1, not {limit}")
    return min(limit, MAX_PAGE_SIZE)


async def visible_items(
    store: Store[TContext],
    thread_id: str,
    *,
    after: str | None,
    limit: int,
    order: str,
    context: TContext,
) -> Page[ThreadItem]:
    """A page of items that the client may see, full as long as there are enough of them."""
    shown: list[ThreadItem] = []
    while True:
        page = await store.load_thread_items(
            thread_id, after, limit - len(shown), order, context=context
        )
        shown += [item for item in page.data if not is_hidden(item)]
        after = page.after
        if len(shown) == limit or not page.has_more or after is None:
            return Page(data=shown, has_more=page.has_more, after=after)
