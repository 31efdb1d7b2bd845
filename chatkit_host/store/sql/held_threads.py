"""Holding threads, and writing them over what they were; each public function is a worker's job."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Text,
    bindparam,
    func,
    or_,
    select,
    update,
)

from chatkit_host.store.held_threads import TakenThread, lost_thread
from chatkit_host.store.leases import WANTED_SECONDS
from chatkit_host.store.missing import no_thread
from chatkit_host.store.records import ThreadRecord
from chatkit_host.store.sql.moments import NOW, until
from chatkit_host.store.sql.tables import THREADS

_T = THREADS.c
_THIS = (_T.owner == bindparam("of"), _T.id == bindparam("thread_id"))
_MINE = _T.holder == bindparam("hold", type_=Text)
_FREE = {"holder": None, "held_until": None}

_SEE = select(_T.created, _T.body, _T.private, _T.holder).where(*_THIS)
_DROP = update(THREADS).where(*_THIS, _MINE).values(_FREE)


def _take(now: ColumnElement[int]) -> Any:
    free = or_(_T.holder.is_(None), _T.held_until < now, _MINE)
    held = {"holder": bindparam("hold", type_=Text), "held_until": until(now)}
    return update(THREADS).where(*_THIS, free).values(held)


def _take_and_look(now: ColumnElement[int]) -> Any:
    """In one go, and without waiting for the disk: a server that falls forgets who held what."""
    unhurried = func.set_config("synchronous_commit", "off", True)
    return _take(now).returning(_T.created, _T.body, _T.private, _T.wanted_until > now, unhurried)


def _keep(now: ColumnElement[int]) -> Any:
    return update(THREADS).where(*_THIS, _MINE).values(held_until=until(now))


def _want(now: ColumnElement[int]) -> Any:
    return update(THREADS).where(*_THIS).values(wanted_until=until(now))


def _look(now: ColumnElement[int]) -> Any:
    return select(_T.created, _T.body, _T.private, _T.wanted_until > now).where(*_THIS)


_TAKE, _LOOK = (make(NOW["sqlite"]) for make in (_take, _look))
_TAKE_AND_LOOK = _take_and_look(NOW["postgresql"])
_KEEP, _WANT = ({name: make(now) for name, now in NOW.items()} for make in (_keep, _want))


def _change(*, held: bool, free: bool) -> Any:
    """Writes over what was read, word for word; a number that counts changes would do no more."""
    unchanged = (
        _T.body == bindparam("old_body", type_=Text),
        _T.private.is_not_distinct_from(bindparam("old_private", type_=Text)),
    )
    new = {
        "created": bindparam("new_created", type_=BigInteger),
        "body": bindparam("new_body", type_=Text),
        "private": bindparam("new_private", type_=Text),
    }
    mine = (_MINE,) if held else ()
    return update(THREADS).where(*_THIS, *unchanged, *mine).values(new | (_FREE if free else {}))


_CHANGE = {
    (held, free): _change(held=held, free=free)
    for held, free in ((False, False), (True, False), (True, True))
}


def take(
    connection: Connection, owner: str, thread_id: str, hold: str, micros: int
) -> TakenThread | None:
    """Hold the thread; where that cannot be, say that it is wanted."""
    this = {"of": owner, "thread_id": thread_id}
    dialect = connection.dialect.name
    row = _taken(connection, this | {"hold": hold, "micros": micros})
    if row is not None:
        return TakenThread(ThreadRecord(thread_id, row[0], row[1], row[2]), bool(row[3]))
    soon = this | {"micros": int(WANTED_SECONDS * 1_000_000)}
    if not connection.execute(_WANT[dialect], soon).rowcount:
        raise no_thread(thread_id)
    return None


def _taken(connection: Connection, values: dict[str, Any]) -> Any:
    """The thread's columns, if it could be had; an old SQLite knows no RETURNING."""
    if connection.dialect.name == "postgresql":
        return connection.execute(_TAKE_AND_LOOK, values).first()
    if not connection.execute(_TAKE, values).rowcount:
        return None
    this = {name: values[name] for name in ("of", "thread_id")}
    return connection.execute(_LOOK, this).first()


def keep(connection: Connection, owner: str, thread_id: str, hold: str, micros: int) -> bool:
    """Hold it for longer."""
    values = {"of": owner, "thread_id": thread_id, "hold": hold, "micros": micros}
    return bool(connection.execute(_KEEP[connection.dialect.name], values).rowcount)


def drop(connection: Connection, owner: str, thread_id: str, hold: str) -> None:
    """Give it back."""
    connection.execute(_DROP, {"of": owner, "thread_id": thread_id, "hold": hold})


def change(
    connection: Connection,
    owner: str,
    thread_id: str,
    old: ThreadRecord,
    new: ThreadRecord,
    hold: str | None,
    free: bool,
) -> ThreadRecord | None:
    """Write it if it is as it was, else give what it is."""
    values = {
        "of": owner,
        "thread_id": thread_id,
        "hold": hold,
        "old_body": old.body,
        "old_private": old.private,
        "new_created": new.created,
        "new_body": new.body,
        "new_private": new.private,
    }
    held = hold is not None
    if not held:
        del values["hold"]
    if connection.execute(_CHANGE[held, free and held], values).rowcount:
        return None
    row = connection.execute(_SEE, {"of": owner, "thread_id": thread_id}).first()
    if row is None:
        raise no_thread(thread_id)
    found = ThreadRecord(thread_id, row[0], row[1], row[2])
    if free and row[3] is None and found == new:
        return None  # it was done, and the connection died before it could say so
    if held and row[3] != hold:
        raise lost_thread()
    return found
