"""Reading and writing threads; each public function is a job for a worker thread."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, exists, select, tuple_

from chatkit_host.store.missing import no_thread
from chatkit_host.store.records import ThreadRecord, unpack_thread
from chatkit_host.store.sql.dialects import AnyInsert, MakeInsert, for_each
from chatkit_host.store.sql.pages import Rows, cut, orders
from chatkit_host.store.sql.tables import THREADS
from chatkit_host.store.wire import page_json, thread_without_items
from chatkit_host.types import Page, ThreadMetadata

_T = THREADS.c
_OWNED = _T.owner == bindparam("owner")
_THIS = _T.id == bindparam("thread_id")

_EXISTS = select(exists(select(_T.id).where(_THIS, _OWNED)))
_LOAD = select(_T.body, _T.private).where(_THIS, _OWNED)
_DELETE = delete(THREADS).where(_THIS, _OWNED)


def _upsert(insert: MakeInsert) -> AnyInsert:
    columns = ("id", "owner", "created", "body", "private")
    new = insert(THREADS).values({name: bindparam(name) for name in columns}).inline()
    return new.on_conflict_do_update(
        index_elements=["id"],
        set_={name: new.excluded[name] for name in ("created", "body", "private")},
        where=_T.owner == new.excluded.owner,
    )


_UPSERT = for_each(_upsert)


def _page(*, desc: bool, after: bool) -> Select[Any]:
    page = select(_T.id, _T.body, _T.private).where(_OWNED).limit(bindparam("rows"))
    place = tuple_(_T.created, _T.seq)
    if after:
        cursor = select(_T.created, _T.seq).where(_OWNED, _T.id == bindparam("after"))
        start = cursor.scalar_subquery()
        page = page.where(place < start if desc else place > start)
    if desc:
        return page.order_by(_T.created.desc(), _T.seq.desc())
    return page.order_by(_T.created, _T.seq)


_PAGES = orders(_page)


def check(connection: Connection, owner: str, thread_id: str) -> None:
    """NotFoundError unless the thread is there, and the owner's."""
    if not connection.execute(_EXISTS, {"owner": owner, "thread_id": thread_id}).scalar():
        raise no_thread(thread_id)


def load(connection: Connection, owner: str, thread_id: str) -> ThreadMetadata:
    """The thread."""
    return unpack_thread(*_columns(connection, owner, thread_id))


def load_body(connection: Connection, owner: str, thread_id: str) -> str:
    """The thread's wire form."""
    return _columns(connection, owner, thread_id)[0]


def save(connection: Connection, owner: str, record: ThreadRecord) -> None:
    """Write the thread, new or not."""
    values = {
        "id": record.id,
        "owner": owner,
        "created": record.created,
        "body": record.body,
        "private": record.private,
    }
    if not connection.execute(_UPSERT[connection.dialect.name], values).rowcount:
        raise no_thread(record.id)


def remove(connection: Connection, owner: str, thread_id: str) -> None:
    """Delete the thread; its items and their feedback go with it by foreign key."""
    if not connection.execute(_DELETE, {"owner": owner, "thread_id": thread_id}).rowcount:
        raise no_thread(thread_id)


def page(
    connection: Connection, owner: str, limit: int, after: str | None, order: str
) -> Page[ThreadMetadata]:
    """A page of threads as models."""
    rows, cursor = _rows(connection, owner, limit, after, order)
    data = [unpack_thread(body, private) for _, body, private in rows]
    return Page(data=data, has_more=cursor is not None, after=cursor)


def page_of_json(
    connection: Connection, owner: str, limit: int, after: str | None, order: str
) -> bytes:
    """A page of threads as the client gets it."""
    rows, cursor = _rows(connection, owner, limit, after, order)
    return page_json([thread_without_items(row[1]) for row in rows], cursor).encode()


def _columns(connection: Connection, owner: str, thread_id: str) -> tuple[str, str | None]:
    row = connection.execute(_LOAD, {"owner": owner, "thread_id": thread_id}).first()
    if row is None:
        raise no_thread(thread_id)
    return row[0], row[1]


def _rows(
    connection: Connection, owner: str, limit: int, after: str | None, order: str
) -> tuple[Rows, str | None]:
    values = {"owner": owner, "rows": limit + 1, "after": after}
    rows = connection.execute(_PAGES[order == "desc", after is not None], values).fetchall()
    if not rows and after is not None:
        check(connection, owner, after)
    return cut(rows, limit)
