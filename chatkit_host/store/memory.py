"""The store that lives and dies with its process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chatkit_host.ids import first_id
from chatkit_host.store.attachment_index import AttachmentIndex
from chatkit_host.store.contract import Store
from chatkit_host.store.held_threads import HeldThreads, TakenThread, lost_thread
from chatkit_host.store.memory_leases import MemoryLeases
from chatkit_host.store.missing import no_attachment, no_item, no_thread
from chatkit_host.store.owner import OwnerOf, owner_of
from chatkit_host.store.records import (
    AttachmentRecord,
    ItemRecord,
    ThreadRecord,
    pack_attachment,
    pack_item,
    pack_shared,
    pack_thread,
    unpack_attachment,
    unpack_item,
    unpack_shared,
    unpack_thread,
)
from chatkit_host.store.shared import Place, SharedStore, SharedValues
from chatkit_host.store.timeline import Row, Timeline
from chatkit_host.store.wire import WirePages, page_json, thread_with, thread_without_items
from chatkit_host.types import (
    Attachment,
    ClientToolCallItem,
    FeedbackKind,
    Page,
    ThreadItem,
    ThreadMetadata,
)


@dataclass(slots=True)
class _Owned:
    """All that one owner has."""

    threads: Timeline[ThreadRecord] = field(default_factory=Timeline)
    items: dict[str, Timeline[ItemRecord]] = field(default_factory=dict)
    attachments: dict[str, AttachmentRecord] = field(default_factory=dict)
    feedback: dict[tuple[str, str], FeedbackKind] = field(default_factory=dict)

    def items_of(self, thread_id: str) -> Timeline[ItemRecord]:
        """The thread's items; NotFoundError where the owner has no such thread."""
        try:
            return self.items[thread_id]
        except KeyError:
            raise no_thread(thread_id) from None


class MemoryStore(
    Store[Any], WirePages[Any], SharedStore[Any], HeldThreads[Any], AttachmentIndex[Any]
):
    """Threads, items and attachments in dictionaries, as the JSON that SQL would keep.

    Args:
        owner_of: whose data a context opens.
    """

    def __init__(self, *, owner_of: OwnerOf = owner_of) -> None:
        self._owner_of = owner_of
        self._owned: dict[str, _Owned] = {}
        # Ids are unique across owners, as they are in a database.
        self._thread_owners: dict[str, str] = {}
        self._attachment_owners: dict[str, str] = {}
        self._shared: dict[tuple[str, str], str] = {}
        self._places = MemoryLeases()
        self._held = MemoryLeases()

    def _is_mine(self, thread_id: str, context: Any) -> bool:
        return self._thread_owners.get(thread_id) == self._owner_of(context)

    def _mine(self, context: Any) -> _Owned:
        return self._owned.get(self._owner_of(context)) or _Owned()

    async def load_thread(self, thread_id: str, context: Any) -> ThreadMetadata:
        record = self._thread(thread_id, context)
        return unpack_thread(record.body, record.private)

    async def save_thread(self, thread: ThreadMetadata, context: Any) -> None:
        owner, record = self._owner_of(context), pack_thread(thread)
        if self._thread_owners.setdefault(thread.id, owner) != owner:
            raise no_thread(thread.id)
        mine = self._owned.setdefault(owner, _Owned())
        mine.threads.put(thread.id, record, rank=record.created)
        mine.items.setdefault(thread.id, Timeline())

    async def take_thread(
        self, thread_id: str, hold: str, seconds: float, context: Any
    ) -> TakenThread | None:
        record = self._thread(thread_id, context)
        if not self._held.take(thread_id, hold, seconds):
            return None
        return TakenThread(record, self._held.is_wanted(thread_id))

    async def keep_thread(self, thread_id: str, hold: str, seconds: float, context: Any) -> bool:
        return self._is_mine(thread_id, context) and self._held.keep(thread_id, hold, seconds)

    async def free_thread(self, thread_id: str, hold: str, context: Any) -> None:
        if self._is_mine(thread_id, context):
            self._held.drop(thread_id, hold)

    async def change_thread(
        self,
        old: ThreadRecord,
        new: ThreadRecord,
        context: Any,
        *,
        hold: str | None = None,
        free: bool = False,
    ) -> ThreadRecord | None:
        found = self._thread(new.id, context)
        if hold is not None and self._held.holder(new.id) != hold:
            raise lost_thread()
        if found != old:
            return found
        self._mine(context).threads.put(new.id, new, rank=new.created)
        if free and hold is not None:
            self._held.drop(new.id, hold)
        return None

    async def delete_thread(self, thread_id: str, context: Any) -> None:
        mine = self._mine(context)
        mine.items_of(thread_id)
        self._held.forget(thread_id)
        mine.threads.remove(thread_id)
        del mine.items[thread_id], self._thread_owners[thread_id]
        mine.feedback = {key: kind for key, kind in mine.feedback.items() if key[0] != thread_id}

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: Any
    ) -> Page[ThreadMetadata]:
        rows, more = self._thread_rows(limit, after, order, context)
        data = [unpack_thread(row.record.body, row.record.private) for row in rows]
        return Page(data=data, has_more=more, after=_cursor(rows, more))

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: Any
    ) -> Page[ThreadItem]:
        rows, more = _page(self._mine(context).items_of(thread_id), after, limit, order)
        data = [unpack_item(row.record.body, row.record.private) for row in rows]
        return Page(data=data, has_more=more, after=_cursor(rows, more))

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: Any) -> None:
        self._mine(context).items_of(thread_id).put(item.id, pack_item(item))

    async def save_item(self, thread_id: str, item: ThreadItem, context: Any) -> None:
        await self.add_thread_item(thread_id, item, context)

    async def add_thread_items(
        self, thread_id: str, items: Sequence[ThreadItem], context: Any
    ) -> None:
        timeline = self._mine(context).items_of(thread_id)
        for record in [pack_item(item) for item in items]:
            timeline.put(record.id, record)

    async def load_item(self, thread_id: str, item_id: str, context: Any) -> ThreadItem:
        items = self._mine(context).items_of(thread_id)
        if item_id not in items:
            raise no_item(item_id)
        record = items.get(item_id)
        return unpack_item(record.body, record.private)

    async def delete_thread_item(self, thread_id: str, item_id: str, context: Any) -> None:
        mine = self._mine(context)
        items = mine.items_of(thread_id)
        if item_id in items:
            items.remove(item_id)
            mine.feedback.pop((thread_id, item_id), None)

    async def delete_items_after(self, thread_id: str, item_id: str, context: Any) -> None:
        items = self._mine(context).items_of(thread_id)
        if item_id not in items:
            raise no_item(item_id)
        for doomed in items.ids_after(item_id):
            await self.delete_thread_item(thread_id, doomed, context)

    async def load_client_tool_calls(
        self, thread_id: str, context: Any
    ) -> list[ClientToolCallItem]:
        timeline = self._mine(context).items_of(thread_id)
        found = [unpack_item(each.body, each.private) for each in timeline.all(_is_client_call)]
        return [item for item in found if isinstance(item, ClientToolCallItem)]

    async def save_attachment(self, attachment: Attachment, context: Any) -> None:
        owner, record = self._owner_of(context), pack_attachment(attachment)
        if self._attachment_owners.setdefault(attachment.id, owner) != owner:
            raise no_attachment(attachment.id)
        self._owned.setdefault(owner, _Owned()).attachments[attachment.id] = record

    async def load_attachment(self, attachment_id: str, context: Any) -> Attachment:
        record = self._mine(context).attachments.get(attachment_id)
        if record is None:
            raise no_attachment(attachment_id)
        return unpack_attachment(record.body, record.private)

    async def delete_attachment(self, attachment_id: str, context: Any) -> None:
        if self._mine(context).attachments.pop(attachment_id, None) is None:
            raise no_attachment(attachment_id)
        del self._attachment_owners[attachment_id]

    async def find_attachment(self, attachment_id: str) -> tuple[str, Attachment] | None:
        owner = self._attachment_owners.get(attachment_id)
        if owner is None:
            return None
        record = self._owned[owner].attachments[attachment_id]
        return owner, unpack_attachment(record.body, record.private)

    async def thread_attachments(self, thread_id: str, context: Any) -> Sequence[str]:
        records = self._mine(context).attachments.values()
        return [record.id for record in records if record.thread_id == thread_id]

    async def stray_attachments(self, before: datetime, limit: int) -> Sequence[tuple[str, str]]:
        bound = first_id("atc", before)
        strays = [
            (owner, record.id)
            for owner, owned in self._owned.items()
            for record in owned.attachments.values()
            if "atc_" < record.id < bound and record.thread_id not in owned.items
        ]
        return strays[:limit]

    async def save_feedback(
        self, thread_id: str, item_ids: Sequence[str], kind: FeedbackKind, context: Any
    ) -> None:
        mine = self._mine(context)
        items = mine.items_of(thread_id)
        for item_id in item_ids:
            if item_id not in items:
                raise no_item(item_id)
        mine.feedback.update({(thread_id, item_id): kind for item_id in item_ids})

    async def load_feedback(self, thread_id: str, context: Any) -> dict[str, FeedbackKind]:
        mine = self._mine(context)
        mine.items_of(thread_id)
        return {item: kind for (thread, item), kind in mine.feedback.items() if thread == thread_id}

    async def load_shared(self, context: Any) -> SharedValues:
        wanted = ("", self._owner_of(context))
        rows = [(owner, name, body) for (owner, name), body in self._shared.items()]
        return unpack_shared(row for row in rows if row[0] in wanted)

    async def save_shared(
        self, place: Place, values: Mapping[str, Any], hold: str, context: Any
    ) -> bool:
        owner = self._place(place, context)
        if self._places.holder(owner) != hold:
            return False
        for name, body in pack_shared(values).items():
            self._shared[owner, name] = body
        return True

    async def take_hold(self, place: Place, hold: str, seconds: float, context: Any) -> bool:
        return self._places.take(self._place(place, context), hold, seconds)

    async def keep_hold(self, place: Place, hold: str, seconds: float, context: Any) -> bool:
        return self._places.keep(self._place(place, context), hold, seconds)

    async def drop_hold(self, place: Place, hold: str, context: Any) -> bool:
        return self._places.drop(self._place(place, context), hold)

    def _place(self, place: Place, context: Any) -> str:
        return self._owner_of(context) if place == "user" else ""

    async def items_json(
        self, thread_id: str, after: str | None, limit: int, order: str, context: Any
    ) -> bytes:
        items = self._mine(context).items_of(thread_id)
        return _visible_json(items, after, limit, order).encode()

    async def threads_json(self, limit: int, after: str | None, order: str, context: Any) -> bytes:
        rows, more = self._thread_rows(limit, after, order, context)
        bodies = [thread_without_items(row.record.body) for row in rows]
        return page_json(bodies, _cursor(rows, more)).encode()

    async def thread_json(self, thread_id: str, limit: int, context: Any) -> bytes:
        body = self._thread(thread_id, context).body
        items = self._mine(context).items_of(thread_id)
        return thread_with(body, _visible_json(items, None, limit, "asc")).encode()

    def _thread(self, thread_id: str, context: Any) -> ThreadRecord:
        mine = self._mine(context)
        mine.items_of(thread_id)
        return mine.threads.get(thread_id)

    def _thread_rows(
        self, limit: int, after: str | None, order: str, context: Any
    ) -> tuple[list[Row[ThreadRecord]], bool]:
        threads = self._mine(context).threads
        if after is not None and after not in threads:
            raise no_thread(after)
        return threads.page(after, limit, order)


def _is_client_call(record: ItemRecord) -> bool:
    return record.type == "client_tool_call"


def _page(
    items: Timeline[ItemRecord], after: str | None, limit: int, order: str, *, all: bool = True
) -> tuple[list[Row[ItemRecord]], bool]:
    if after is not None and after not in items:
        raise no_item(after)
    return items.page(after, limit, order, None if all else lambda record: not record.hidden)


def _visible_json(items: Timeline[ItemRecord], after: str | None, limit: int, order: str) -> str:
    rows, more = _page(items, after, limit, order, all=False)
    return page_json([row.record.body for row in rows], _cursor(rows, more))


def _cursor(rows: Sequence[Row[Any]], more: bool) -> str | None:
    return rows[-1].id if more and rows else None
