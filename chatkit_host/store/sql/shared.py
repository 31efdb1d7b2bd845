"""Reading and writing shared values, and the holds on them; each function is a worker's job."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Update,
    bindparam,
    delete,
    or_,
    select,
    update,
)

from chatkit_host.store.leases import WANTED_SECONDS
from chatkit_host.store.sql.dialects import AnyInsert, MakeInsert, for_each
from chatkit_host.store.sql.engine import transaction
from chatkit_host.store.sql.moments import NOW, until
from chatkit_host.store.sql.tables import HOLDS, SHARED

Rows = list[tuple[str, str, str]]

_S, _H = SHARED.c, HOLDS.c
_LOAD = select(_S.owner, _S.name, _S.body).where(_S.owner.in_(["", bindparam("owner")]))
_MINE = (_H.owner == bindparam("place"), _H.holder == bindparam("hold"))
_DROP = delete(HOLDS).where(*_MINE)
# Writes nothing new, but whoever would take the hold has to wait for this transaction.
_LOCK = update(HOLDS).where(*_MINE).values(holder=bindparam("hold"))


def _put(insert: MakeInsert) -> AnyInsert:
    columns = ("owner", "name", "body")
    new = insert(SHARED).values({name: bindparam(name) for name in columns})
    return new.on_conflict_do_update(
        index_elements=["owner", "name"], set_={"body": new.excluded["body"]}
    )


def _take(now: ColumnElement[int], insert: MakeInsert) -> AnyInsert:
    values = {"owner": bindparam("place"), "holder": bindparam("hold"), "until": until(now)}
    new = insert(HOLDS).values(values)
    return new.on_conflict_do_update(
        index_elements=["owner"],
        set_={name: new.excluded[name] for name in ("holder", "until")},
        where=(_H.until < now) | (_H.holder == new.excluded.holder),
    )


def _drop_unwanted(now: ColumnElement[int]) -> Delete:
    unwanted = or_(_H.wanted_until.is_(None), _H.wanted_until < now)
    return delete(HOLDS).where(*_MINE, unwanted)


def _want(now: ColumnElement[int]) -> Update:
    return update(HOLDS).where(_H.owner == bindparam("place")).values(wanted_until=until(now))


_PUT = for_each(_put)
_TAKE = {name: for_each(partial(_take, now))[name] for name, now in NOW.items()}
_KEEP = {name: update(HOLDS).where(*_MINE).values(until=until(now)) for name, now in NOW.items()}
_WANT = {name: _want(now) for name, now in NOW.items()}
_DROP_UNWANTED = {name: _drop_unwanted(now) for name, now in NOW.items()}


def load(connection: Connection, owner: str) -> Rows:
    """What is stored for everybody (owner ""), and for one owner."""
    return [(row[0], row[1], row[2]) for row in connection.execute(_LOAD, {"owner": owner})]


def save(connection: Connection, place: str, bodies: Mapping[str, str], hold: str) -> bool:
    """Write the values of a place, if it is held."""
    with transaction(connection):
        if not connection.execute(_LOCK, {"place": place, "hold": hold}).rowcount:
            return False
        for name, body in bodies.items():
            values = {"owner": place, "name": name, "body": body}
            connection.execute(_PUT[connection.dialect.name], values)
        return True


def take(connection: Connection, place: str, hold: str, micros: int) -> bool:
    """Take a place or keep it, if nobody else has it; else say that it is wanted."""
    dialect, values = connection.dialect.name, {"place": place, "hold": hold, "micros": micros}
    if connection.execute(_TAKE[dialect], values).rowcount:
        return True
    soon = {"place": place, "micros": int(WANTED_SECONDS * 1_000_000)}
    connection.execute(_WANT[dialect], soon)
    return False


def keep(connection: Connection, place: str, hold: str, micros: int) -> bool:
    """Keep a place that is still held."""
    values = {"place": place, "hold": hold, "micros": micros}
    return bool(connection.execute(_KEEP[connection.dialect.name], values).rowcount)


def drop(connection: Connection, place: str, hold: str) -> bool:
    """Give a place back; gives whether others want it."""
    values = {"place": place, "hold": hold}
    if connection.execute(_DROP_UNWANTED[connection.dialect.name], values).rowcount:
        return False
    return bool(connection.execute(_DROP, values).rowcount)
