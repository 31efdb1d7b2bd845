"""A store in dictionaries and lists, of the kind that the peer's quick start shows."""

from __future__ import annotations

from typing import Any, TypeVar

from chatkit.store import NotFoundError, Store
from chatkit.types import Attachment, Page, ThreadItem, ThreadMetadata

Model = TypeVar("Model")


class DictStore(Store[Any]):
    """Keeps the very objects that it is given."""

    def __init__(self) -> None:
        self._threads: dict[str, ThreadMetadata] = {}
        self._items: dict[str, dict[str, ThreadItem]] = {}

    async def load_thread(self, thread_id: str, context: Any) -> ThreadMetadata:
        return _found(self._threads, thread_id)

    async def save_thread(self, thread: ThreadMetadata, context: Any) -> None:
        self._threads[thread.id] = thread

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: Any
    ) -> Page[ThreadMetadata]:
        return _page(list(self._threads.values()), limit, after, order)

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: Any
    ) -> Page[ThreadItem]:
        return _page(list(self._items.get(thread_id, {}).values()), limit, after, order)

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: Any) -> None:
        self._items.setdefault(thread_id, {})[item.id] = item

    async def save_item(self, thread_id: str, item: ThreadItem, context: Any) -> None:
        await self.add_thread_item(thread_id, item, context)

    async def load_item(self, thread_id: str, item_id: str, context: Any) -> ThreadItem:
        return _found(self._items.get(thread_id, {}), item_id)

    async def delete_thread(self, thread_id: str, context: Any) -> None:
        self._threads.pop(thread_id, None)
        self._items.pop(thread_id, None)

    async def delete_thread_item(self, thread_id: str, item_id: str, context: Any) -> None:
        self._items.get(thread_id, {}).pop(item_id, None)

    async def save_attachment(self, attachment: Attachment, context: Any) -> None:
        raise NotImplementedError

    async def load_attachment(self, attachment_id: str, context: Any) -> Attachment:
        raise NotImplementedError

    async def delete_attachment(self, attachment_id: str, context: Any) -> None:
        raise NotImplementedError


def _found(among: dict[str, Model], wanted: str) -> Model:
    try:
        return among[wanted]
    except KeyError:
        raise NotFoundError(wanted) from None


def _page(rows: list[Any], limit: int, after: str | None, order: str) -> Page[Any]:
    rows = rows if order == "asc" else rows[::-1]
    ids = [row.id for row in rows]
    start = ids.index(after) + 1 if after in ids else 0
    shown = rows[start : start + limit]
    more = start + limit < len(rows)
    return Page(data=shown, has_more=more, after=shown[-1].id if more else None)
