"""Reading and writing thumbs up and down; each function is a job for a worker thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Connection, bindparam, select

from chatkit_host.store.sql import items, threads
from chatkit_host.store.sql.dialects import AnyInsert, MakeInsert, for_each
from chatkit_host.store.sql.engine import transaction
from chatkit_host.store.sql.tables import FEEDBACK
from chatkit_host.types import FeedbackKind

_F = FEEDBACK.c
_LOAD = select(_F.item_id, _F.kind).where(
    _F.thread_id == bindparam("thread_id"), _F.owner == bindparam("owner")
)


def _upsert(insert: MakeInsert) -> AnyInsert:
    columns = ("thread_id", "item_id", "owner", "kind", "created")
    new = insert(FEEDBACK).values({name: bindparam(name) for name in columns})
    return new.on_conflict_do_update(
        index_elements=["thread_id", "item_id"],
        set_={name: new.excluded[name] for name in ("kind", "created")},
    )


_UPSERT = for_each(_upsert)


def save(
    connection: Connection,
    owner: str,
    thread_id: str,
    item_ids: Sequence[str],
    kind: FeedbackKind,
    created: int,
) -> None:
    """Write the same thumb for each item; all must be there."""
    upsert = _UPSERT[connection.dialect.name]
    common = {"thread_id": thread_id, "owner": owner, "kind": kind, "created": created}
    with transaction(connection):
        threads.check(connection, owner, thread_id)
        for item_id in item_ids:
            items.check(connection, owner, thread_id, item_id)
            connection.execute(upsert, common | {"item_id": item_id})


def load(connection: Connection, owner: str, thread_id: str) -> dict[str, FeedbackKind]:
    """The thumbs of a thread, by item."""
    threads.check(connection, owner, thread_id)
    rows = connection.execute(_LOAD, {"thread_id": thread_id, "owner": owner})
    return {item_id: cast("FeedbackKind", kind) for item_id, kind in rows}
