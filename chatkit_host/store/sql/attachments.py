"""Reading and writing what is known about uploads; each function is a job for a worker thread."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, exists, select

from chatkit_host.store.missing import no_attachment
from chatkit_host.store.records import AttachmentRecord, unpack_attachment
from chatkit_host.store.sql.dialects import AnyInsert, MakeInsert, for_each
from chatkit_host.store.sql.tables import ATTACHMENTS, THREADS
from chatkit_host.types import Attachment

_A = ATTACHMENTS.c
_THIS = (_A.id == bindparam("attachment_id")) & (_A.owner == bindparam("owner"))
_LOAD = select(_A.body, _A.private).where(_THIS)
_DELETE = delete(ATTACHMENTS).where(_THIS)


def _upsert(insert: MakeInsert) -> AnyInsert:
    columns = ("id", "owner", "thread_id", "body", "private")
    new = insert(ATTACHMENTS).values({name: bindparam(name) for name in columns})
    return new.on_conflict_do_update(
        index_elements=["id"],
        set_={name: new.excluded[name] for name in ("thread_id", "body", "private")},
        where=_A.owner == new.excluded.owner,
    )


_UPSERT = for_each(_upsert)


_FIND = select(_A.owner, _A.body, _A.private).where(_A.id == bindparam("attachment_id"))
_OF_THREAD = select(_A.id).where(
    _A.thread_id == bindparam("thread_id"), _A.owner == bindparam("owner")
)
_STRAY = (
    select(_A.owner, _A.id)
    .where(
        _A.id > "atc_",
        _A.id < bindparam("bound"),
        _A.thread_id.is_(None) | ~exists().where(THREADS.c.id == _A.thread_id),
    )
    .limit(bindparam("rows"))
)


def save(connection: Connection, owner: str, record: AttachmentRecord) -> None:
    """Write the attachment, new or not."""
    values = {
        "id": record.id,
        "owner": owner,
        "thread_id": record.thread_id,
        "body": record.body,
        "private": record.private,
    }
    if not connection.execute(_UPSERT[connection.dialect.name], values).rowcount:
        raise no_attachment(record.id)


def load(connection: Connection, owner: str, attachment_id: str) -> Attachment:
    """The attachment."""
    row = connection.execute(_LOAD, {"owner": owner, "attachment_id": attachment_id}).first()
    if row is None:
        raise no_attachment(attachment_id)
    return unpack_attachment(row[0], row[1])


def remove(connection: Connection, owner: str, attachment_id: str) -> None:
    """Delete the attachment."""
    values = {"owner": owner, "attachment_id": attachment_id}
    if not connection.execute(_DELETE, values).rowcount:
        raise no_attachment(attachment_id)


def find(connection: Connection, attachment_id: str) -> tuple[str, Attachment] | None:
    """The attachment and its owner, whoever that is."""
    row = connection.execute(_FIND, {"attachment_id": attachment_id}).first()
    return None if row is None else (row[0], unpack_attachment(row[1], row[2]))


def of_thread(connection: Connection, owner: str, thread_id: str) -> list[str]:
    """The ids of a thread's attachments."""
    values = {"owner": owner, "thread_id": thread_id}
    return [row[0] for row in connection.execute(_OF_THREAD, values)]


def stray(connection: Connection, bound: str, limit: int) -> list[tuple[str, str]]:
    """Owners and ids of attachments with a lesser id that are in no thread that is there."""
    rows = connection.execute(_STRAY, {"bound": bound, "rows": limit})
    return [(owner, attachment_id) for owner, attachment_id in rows]
