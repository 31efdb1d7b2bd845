"""A SQLite store of the kind that the peer's own repository has.

What makes its speed is as it is there: a connection for each call, SQLite's default journal, a
JSON column checked by pydantic on the way in, and a commit for each write. It is left as it is.
"""

from __future__ import annotations

import sqlite3
from typing import Any, TypeVar

from chatkit.store import NotFoundError, Store
from chatkit.types import Attachment, Page, ThreadItem, ThreadMetadata
from pydantic import BaseModel

from bench.peer.server import PeerContext

Row = tuple[Any, ...]
Model = TypeVar("Model", bound=BaseModel)

_THREADS = """
    CREATE TABLE IF NOT EXISTS threads (
        id TEXT PRIMARY KEY, user_id TEXT NOT NULL, created_at TEXT NOT NULL, data TEXT NOT NULL
    )
"""
_ITEMS = """
    CREATE TABLE IF NOT EXISTS items (
        id TEXT PRIMARY KEY, thread_id TEXT NOT NULL, user_id TEXT NOT NULL,
        created_at TEXT NOT NULL, data TEXT NOT NULL
    )
"""
_IN_THREAD = "thread_id = ? AND user_id = ?"


class ThreadData(BaseModel):
    """What the `data` column of a thread holds."""

    thread: ThreadMetadata


class ItemData(BaseModel):
    """What the `data` column of an item holds."""

    item: ThreadItem


class SqliteStore(Store[PeerContext]):
    """Threads and items in the file at `path`."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._write((_THREADS, ()), (_ITEMS, ()))

    async def load_thread(self, thread_id: str, context: PeerContext) -> ThreadMetadata:
        found = self._read(
            "SELECT data FROM threads WHERE id = ? AND user_id = ?", thread_id, context.user_id
        )
        return ThreadData.model_validate_json(_only(found, thread_id)).thread

    async def save_thread(self, thread: ThreadMetadata, context: PeerContext) -> None:
        data = ThreadData(thread=thread).model_dump_json()
        created = thread.created_at.isoformat()
        self._write(
            ("DELETE FROM threads WHERE id = ? AND user_id = ?", (thread.id, context.user_id)),
            (
                "INSERT INTO threads VALUES (?, ?, ?, ?)",
                (thread.id, context.user_id, created, data),
            ),
        )

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: PeerContext
    ) -> Page[ThreadMetadata]:
        rows = self._page_rows("threads", "user_id = ?", (context.user_id,), limit, after, order)
        threads = [ThreadData.model_validate_json(row[0]).thread for row in rows]
        return _page(threads, limit)

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: PeerContext
    ) -> Page[ThreadItem]:
        whose = (thread_id, context.user_id)
        rows = self._page_rows("items", _IN_THREAD, whose, limit, after, order)
        return _page([ItemData.model_validate_json(row[0]).item for row in rows], limit)

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: PeerContext) -> None:
        data = ItemData(item=item).model_dump_json()
        values = (item.id, thread_id, context.user_id, item.created_at.isoformat(), data)
        self._write(("INSERT INTO items VALUES (?, ?, ?, ?, ?)", values))

    async def save_item(self, thread_id: str, item: ThreadItem, context: PeerContext) -> None:
        data = ItemData(item=item).model_dump_json()
        statement = f"UPDATE items SET data = ? WHERE id = ? AND {_IN_THREAD}"
        self._write((statement, (data, item.id, thread_id, context.user_id)))

    async def load_item(self, thread_id: str, item_id: str, context: PeerContext) -> ThreadItem:
        statement = f"SELECT data FROM items WHERE id = ? AND {_IN_THREAD}"
        found = self._read(statement, item_id, thread_id, context.user_id)
        return ItemData.model_validate_json(_only(found, item_id)).item

    async def delete_thread(self, thread_id: str, context: PeerContext) -> None:
        whose = (thread_id, context.user_id)
        self._write(
            ("DELETE FROM threads WHERE id = ? AND user_id = ?", whose),
            (f"DELETE FROM items WHERE {_IN_THREAD}", whose),
        )

    async def delete_thread_item(self, thread_id: str, item_id: str, context: PeerContext) -> None:
        statement = f"DELETE FROM items WHERE id = ? AND {_IN_THREAD}"
        self._write((statement, (item_id, thread_id, context.user_id)))

    async def save_attachment(self, attachment: Attachment, context: PeerContext) -> None:
        raise NotImplementedError

    async def load_attachment(self, attachment_id: str, context: PeerContext) -> Attachment:
        raise NotImplementedError

    async def delete_attachment(self, attachment_id: str, context: PeerContext) -> None:
        raise NotImplementedError

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path)

    def _read(self, statement: str, *values: Any) -> list[Row]:
        with self._connect() as connection:
            return connection.execute(statement, values).fetchall()

    def _write(self, *statements: tuple[str, Row]) -> None:
        with self._connect() as connection:
            for statement, values in statements:
                connection.execute(statement, values)

    def _page_rows(
        self, table: str, where: str, values: Row, limit: int, after: str | None, order: str
    ) -> list[Row]:
        statement = f"SELECT data FROM {table} WHERE {where}"
        if after:
            found = self._read(f"SELECT created_at FROM {table} WHERE id = ?", after)
            statement += f" AND created_at {'>' if order == 'asc' else '<'} ?"
            values = (*values, _only(found, after))
        direction = "ASC" if order == "asc" else "DESC"
        statement += f" ORDER BY created_at {direction} LIMIT ?"
        return self._read(statement, *values, limit + 1)


def _only(rows: list[Row], wanted: str) -> str:
    if not rows:
        raise NotFoundError(wanted)
    found: str = rows[0][0]
    return found


def _page(found: list[Any], limit: int) -> Page[Any]:
    shown = found[:limit]
    more = len(found) > limit
    return Page(data=shown, has_more=more, after=shown[-1].id if more else None)
