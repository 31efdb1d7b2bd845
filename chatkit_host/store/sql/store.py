"""The store on SQLite or PostgreSQL: binds every call to its owner, and hands it to a thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from chatkit_host import clock
from chatkit_host.errors import ConfigError, UnavailableError
from chatkit_host.ids import first_id
from chatkit_host.store.attachment_index import AttachmentIndex
from chatkit_host.store.contract import Store
from chatkit_host.store.held_threads import HeldThreads, TakenThread
from chatkit_host.store.open import masked
from chatkit_host.store.owner import OwnerOf, owner_of
from chatkit_host.store.records import (
    ThreadRecord,
    micros,
    pack_attachment,
    pack_item,
    pack_shared,
    pack_thread,
    unpack_shared,
)
from chatkit_host.store.shared import Place, SharedStore, SharedValues
from chatkit_host.store.sql import attachments, feedback, held_threads, items, shared, threads
from chatkit_host.store.sql.database import Database
from chatkit_host.store.sql.schema import HEAD, Migrate, Schema
from chatkit_host.store.wire import WirePages
from chatkit_host.types import (
    Attachment,
    ClientToolCallItem,
    FeedbackKind,
    Page,
    ThreadItem,
    ThreadMetadata,
)


class SqlStore(
    Store[Any], WirePages[Any], SharedStore[Any], HeldThreads[Any], AttachmentIndex[Any]
):
    """Threads, items and attachments in a database. `open_store` makes one from a config's URL.

    Nothing is opened before the first call, or `start`; `close` it, or use `async with`.

    Args:
        url: as SQLAlchemy takes it: `sqlite:////absolute/path`, `postgresql+psycopg://…`.
        migrate: what to do about tables of another version; see `open_store`.
        pool_size: connections to PostgreSQL, and threads for them; SQLite has one.
        owner_of: whose data a context opens.
    """

    def __init__(
        self,
        url: str,
        *,
        migrate: Migrate = "auto",
        pool_size: int = 8,
        owner_of: OwnerOf = owner_of,
    ) -> None:
        self._shown = masked(url).replace("+psycopg:", ":", 1)
        self._owner_of = owner_of
        self._schema = Schema(migrate)
        self._db = Database(url, self._schema, pool_size)

    @property
    def migrated(self) -> tuple[str | None, str]:
        """The version that the tables had at the start (none: there were none), and have now."""
        return self._schema.found, HEAD

    async def start(self) -> None:
        try:
            await self.ready()
        except UnavailableError as error:
            reason = str(getattr(error.__cause__, "orig", error)).strip()
            raise ConfigError(f"storage: {self._shown} cannot be reached: {reason}") from error

    async def ready(self) -> None:
        await self._db.read(_answer)

    async def close(self) -> None:
        await self._db.close()

    async def load_thread(self, thread_id: str, context: Any) -> ThreadMetadata:
        return await self._db.read(threads.load, self._owner_of(context), thread_id)

    async def save_thread(self, thread: ThreadMetadata, context: Any) -> None:
        await self._db.write(threads.save, self._owner_of(context), pack_thread(thread))

    async def take_thread(
        self, thread_id: str, hold: str, seconds: float, context: Any
    ) -> TakenThread | None:
        owner, micros_ = self._owner_of(context), int(seconds * 1_000_000)
        return await self._db.write(held_threads.take, owner, thread_id, hold, micros_)

    async def keep_thread(self, thread_id: str, hold: str, seconds: float, context: Any) -> bool:
        owner, micros_ = self._owner_of(context), int(seconds * 1_000_000)
        return await self._db.write(held_threads.keep, owner, thread_id, hold, micros_)

    async def free_thread(self, thread_id: str, hold: str, context: Any) -> None:
        await self._db.write(held_threads.drop, self._owner_of(context), thread_id, hold)

    async def change_thread(
        self,
        old: ThreadRecord,
        new: ThreadRecord,
        context: Any,
        *,
        hold: str | None = None,
        free: bool = False,
    ) -> ThreadRecord | None:
        owner = self._owner_of(context)
        return await self._db.write(held_threads.change, owner, new.id, old, new, hold, free)

    async def save_thread_with_items(
        self, thread: ThreadMetadata, items_: Sequence[ThreadItem], context: Any
    ) -> None:
        owner, records = self._owner_of(context), [pack_item(item) for item in items_]
        await self._db.write(items.put_with_thread, owner, pack_thread(thread), records)

    async def delete_thread(self, thread_id: str, context: Any) -> None:
        await self._db.write(threads.remove, self._owner_of(context), thread_id)

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: Any
    ) -> Page[ThreadMetadata]:
        return await self._db.read(threads.page, self._owner_of(context), limit, after, order)

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: Any
    ) -> Page[ThreadItem]:
        owner = self._owner_of(context)
        return await self._db.read(items.page, owner, thread_id, after, limit, order)

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: Any) -> None:
        await self._db.write(items.put, self._owner_of(context), thread_id, pack_item(item))

    async def save_item(self, thread_id: str, item: ThreadItem, context: Any) -> None:
        await self.add_thread_item(thread_id, item, context)

    async def add_thread_items(
        self, thread_id: str, items_: Sequence[ThreadItem], context: Any
    ) -> None:
        records = [pack_item(item) for item in items_]
        await self._db.write(items.put_all, self._owner_of(context), thread_id, records)

    async def load_item(self, thread_id: str, item_id: str, context: Any) -> ThreadItem:
        return await self._db.read(items.load, self._owner_of(context), thread_id, item_id)

    async def delete_thread_item(self, thread_id: str, item_id: str, context: Any) -> None:
        await self._db.write(items.remove, self._owner_of(context), thread_id, item_id)

    async def delete_items_after(self, thread_id: str, item_id: str, context: Any) -> None:
        await self._db.write(items.remove_after, self._owner_of(context), thread_id, item_id)

    async def load_client_tool_calls(
        self, thread_id: str, context: Any
    ) -> list[ClientToolCallItem]:
        return await self._db.read(items.client_calls, self._owner_of(context), thread_id)

    async def save_attachment(self, attachment: Attachment, context: Any) -> None:
        await self._db.write(attachments.save, self._owner_of(context), pack_attachment(attachment))

    async def load_attachment(self, attachment_id: str, context: Any) -> Attachment:
        return await self._db.read(attachments.load, self._owner_of(context), attachment_id)

    async def delete_attachment(self, attachment_id: str, context: Any) -> None:
        await self._db.write(attachments.remove, self._owner_of(context), attachment_id)

    async def find_attachment(self, attachment_id: str) -> tuple[str, Attachment] | None:
        return await self._db.read(attachments.find, attachment_id)

    async def thread_attachments(self, thread_id: str, context: Any) -> Sequence[str]:
        return await self._db.read(attachments.of_thread, self._owner_of(context), thread_id)

    async def stray_attachments(self, before: datetime, limit: int) -> Sequence[tuple[str, str]]:
        return await self._db.read(attachments.stray, first_id("atc", before), limit)

    async def save_feedback(
        self, thread_id: str, item_ids: Sequence[str], kind: FeedbackKind, context: Any
    ) -> None:
        owner, now = self._owner_of(context), micros(clock.now())
        await self._db.write(feedback.save, owner, thread_id, list(item_ids), kind, now)

    async def load_feedback(self, thread_id: str, context: Any) -> dict[str, FeedbackKind]:
        return await self._db.read(feedback.load, self._owner_of(context), thread_id)

    async def load_shared(self, context: Any) -> SharedValues:
        rows = await self._db.read(shared.load, self._owner_of(context))
        return unpack_shared(rows)

    async def save_shared(
        self, place: Place, values: Mapping[str, Any], hold: str, context: Any
    ) -> bool:
        bodies = pack_shared(values)
        return await self._db.write(shared.save, self._place(place, context), bodies, hold)

    async def take_hold(self, place: Place, hold: str, seconds: float, context: Any) -> bool:
        micros_ = int(seconds * 1_000_000)
        return await self._db.write(shared.take, self._place(place, context), hold, micros_)

    async def keep_hold(self, place: Place, hold: str, seconds: float, context: Any) -> bool:
        micros_ = int(seconds * 1_000_000)
        return await self._db.write(shared.keep, self._place(place, context), hold, micros_)

    async def drop_hold(self, place: Place, hold: str, context: Any) -> bool:
        return await self._db.write(shared.drop, self._place(place, context), hold)

    def _place(self, place: Place, context: Any) -> str:
        return self._owner_of(context) if place == "user" else ""

    async def items_json(
        self, thread_id: str, after: str | None, limit: int, order: str, context: Any
    ) -> bytes:
        owner = self._owner_of(context)
        return await self._db.read(items.page_of_json, owner, thread_id, after, limit, order)

    async def threads_json(self, limit: int, after: str | None, order: str, context: Any) -> bytes:
        owner = self._owner_of(context)
        return await self._db.read(threads.page_of_json, owner, limit, after, order)

    async def thread_json(self, thread_id: str, limit: int, context: Any) -> bytes:
        return await self._db.read(items.thread_of_json, self._owner_of(context), thread_id, limit)


def _answer(connection: Connection) -> None:
    connection.execute(select(1))
