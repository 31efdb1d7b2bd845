"""Reading and writing items; each public function is a job for a worker thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Select,
    Text,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    select,
)

from chatkit_host.store.missing import no_item, no_thread
from chatkit_host.store.records import ItemRecord, ThreadRecord, unpack_item
from chatkit_host.store.sql import threads
from chatkit_host.store.sql.dialects import AnyInsert, MakeInsert, for_each
from chatkit_host.store.sql.engine import transaction
from chatkit_host.store.sql.pages import Rows, Statements, cut, orders
from chatkit_host.store.sql.tables import ITEMS, THREADS
from chatkit_host.store.wire import page_json, thread_with
from chatkit_host.types import ClientToolCallItem, Page, ThreadItem

_I = ITEMS.c
_IN_THREAD = (_I.thread_id == bindparam("thread_id")) & (_I.owner == bindparam("owner"))
_THIS = _I.id == bindparam("item_id")
_SEQ = select(_I.seq).where(_IN_THREAD, _THIS).scalar_subquery()

_EXISTS = select(exists(select(_I.seq).where(_IN_THREAD, _THIS)))
_LOAD = select(_I.body, _I.private).where(_IN_THREAD, _THIS)
_DELETE = delete(ITEMS).where(_IN_THREAD, _THIS)
# Written out, not bound: an index of these rows alone serves no other statement.
_CLIENT_CALLS = (
    select(_I.body, _I.private)
    .where(_IN_THREAD, _I.type == literal_column("'client_tool_call'"))
    .order_by(_I.seq)
)
_DELETE_AFTER = delete(ITEMS).where(_IN_THREAD, _I.seq > _SEQ)

# What stands in the statement's select list, besides the thread's own columns and the number.
_GIVEN = {
    "id": bindparam("item_id", type_=Text),
    "type": bindparam("type", type_=Text),
    "hidden": bindparam("hidden", type_=Boolean),
    "created": bindparam("created", type_=BigInteger),
    "body": bindparam("body", type_=Text),
    "private": bindparam("private", type_=Text),
}
_CHANGING = ("type", "hidden", "created", "body", "private")


def _upsert(insert: MakeInsert) -> AnyInsert:
    """One statement that finds the thread, takes its next number, and writes the item.

    An item that is there keeps its number. Where two writers of a PostgreSQL server take the same
    number, one fails and tries again; a counter in the thread's row would rewrite it each time.
    """
    last = select(func.max(_I.seq)).where(_I.thread_id == bindparam("thread_id"))
    row = select(
        THREADS.c.id,
        THREADS.c.owner,
        func.coalesce(last.scalar_subquery(), 0) + 1,
        *_GIVEN.values(),
    ).where(THREADS.c.id == bindparam("thread_id"), THREADS.c.owner == bindparam("owner"))
    new = insert(ITEMS).from_select(["thread_id", "owner", "seq", *_GIVEN], row)
    return new.on_conflict_do_update(
        index_elements=["thread_id", "id"],
        set_={name: new.excluded[name] for name in _CHANGING},
    )


_UPSERT = for_each(_upsert)


def _page(*, desc: bool, after: bool) -> Select[Any]:
    page = select(_I.id, _I.body, _I.private).where(_IN_THREAD).limit(bindparam("rows"))
    if after:
        page = page.where(_I.seq < _AFTER if desc else _I.seq > _AFTER)
    return page.order_by(_I.seq.desc() if desc else _I.seq)


def _visible_page(*, desc: bool, after: bool) -> Select[Any]:
    return _page(desc=desc, after=after).where(_I.hidden.is_(False))


_AFTER = select(_I.seq).where(_IN_THREAD, _I.id == bindparam("after")).scalar_subquery()
_PAGES = orders(_page)
_VISIBLE_PAGES = orders(_visible_page)


def put(connection: Connection, owner: str, thread_id: str, record: ItemRecord) -> None:
    """Write the item: where it stands, or at the thread's end."""
    values = _values(owner, thread_id, record)
    if not connection.execute(_UPSERT[connection.dialect.name], values).rowcount:
        raise no_thread(thread_id)


def put_all(
    connection: Connection, owner: str, thread_id: str, records: Sequence[ItemRecord]
) -> None:
    """Write several items, all of them or none."""
    if not records:
        threads.check(connection, owner, thread_id)
        return
    values = [_values(owner, thread_id, record) for record in records]
    with transaction(connection):
        # In one go, which PostgreSQL takes without an answer to each.
        if not connection.execute(_UPSERT[connection.dialect.name], values).rowcount:
            raise no_thread(thread_id)


def put_with_thread(
    connection: Connection, owner: str, thread: ThreadRecord, records: Sequence[ItemRecord]
) -> None:
    """Write the thread and items at its end, all of them or none."""
    with transaction(connection):
        threads.save(connection, owner, thread)
        for record in records:
            put(connection, owner, thread.id, record)


def load(connection: Connection, owner: str, thread_id: str, item_id: str) -> ThreadItem:
    """The item."""
    values = {"owner": owner, "thread_id": thread_id, "item_id": item_id}
    row = connection.execute(_LOAD, values).first()
    if row is None:
        threads.check(connection, owner, thread_id)
        raise no_item(item_id)
    return unpack_item(row[0], row[1])


def remove(connection: Connection, owner: str, thread_id: str, item_id: str) -> None:
    """Delete the item, if it is there."""
    values = {"owner": owner, "thread_id": thread_id, "item_id": item_id}
    if not connection.execute(_DELETE, values).rowcount:
        threads.check(connection, owner, thread_id)


def remove_after(connection: Connection, owner: str, thread_id: str, item_id: str) -> None:
    """Delete all that stands behind the item."""
    values = {"owner": owner, "thread_id": thread_id, "item_id": item_id}
    if not connection.execute(_DELETE_AFTER, values).rowcount:
        check(connection, owner, thread_id, item_id)


def check(connection: Connection, owner: str, thread_id: str, item_id: str) -> None:
    """NotFoundError unless the item is there, in a thread of the owner's."""
    values = {"owner": owner, "thread_id": thread_id, "item_id": item_id}
    if not connection.execute(_EXISTS, values).scalar():
        threads.check(connection, owner, thread_id)
        raise no_item(item_id)


def client_calls(connection: Connection, owner: str, thread_id: str) -> list[ClientToolCallItem]:
    """Every client tool call of the thread, the oldest first."""
    rows = connection.execute(_CLIENT_CALLS, {"owner": owner, "thread_id": thread_id}).fetchall()
    if not rows:
        threads.check(connection, owner, thread_id)
    found = [unpack_item(body, private) for body, private in rows]
    return [item for item in found if isinstance(item, ClientToolCallItem)]


def page(
    connection: Connection, owner: str, thread_id: str, after: str | None, limit: int, order: str
) -> Page[ThreadItem]:
    """A page of items as models, hidden ones included."""
    rows, cursor = _rows(connection, _PAGES, owner, thread_id, after, limit, order)
    data = [unpack_item(body, private) for _, body, private in rows]
    return Page(data=data, has_more=cursor is not None, after=cursor)


def page_of_json(
    connection: Connection, owner: str, thread_id: str, after: str | None, limit: int, order: str
) -> bytes:
    """A page of items as the client gets it."""
    rows, cursor = _rows(connection, _VISIBLE_PAGES, owner, thread_id, after, limit, order)
    return page_json([row[1] for row in rows], cursor).encode()


def thread_of_json(connection: Connection, owner: str, thread_id: str, limit: int) -> bytes:
    """A thread as the client gets it, with its first page of items."""
    body = threads.load_body(connection, owner, thread_id)
    rows, cursor = _rows(connection, _VISIBLE_PAGES, owner, thread_id, None, limit, "asc")
    return thread_with(body, page_json([row[1] for row in rows], cursor)).encode()


def _values(owner: str, thread_id: str, record: ItemRecord) -> dict[str, Any]:
    return {
        "owner": owner,
        "thread_id": thread_id,
        "item_id": record.id,
        "type": record.type,
        "hidden": record.hidden,
        "created": record.created,
        "body": record.body,
        "private": record.private,
    }


def _rows(
    connection: Connection,
    pages: Statements,
    owner: str,
    thread_id: str,
    after: str | None,
    limit: int,
    order: str,
) -> tuple[Rows, str | None]:
    values = {"owner": owner, "thread_id": thread_id, "after": after, "rows": limit + 1}
    rows = connection.execute(pages[order == "desc", after is not None], values).fetchall()
    if not rows and after is not None:
        check(connection, owner, thread_id, after)
    elif not rows:
        threads.check(connection, owner, thread_id)
    return cut(rows, limit)
