"""Reading and writing shared values, and the holds on them; each function is a worker's job."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    bindparam,
    delete,
    literal_column,
    select,
    update,
)

from chatkit_host.store.sql.dialects import AnyInsert, MakeInsert, for_each
from chatkit_host.store.sql.engine import transaction
from chatkit_host.store.sql.tables import HOLDS, SHARED

Rows = list[tuple[str, str, str]]

_S, _H = SHARED.c, HOLDS.c
_LOAD = select(_S.owner, _S.name, _S.body).where(_S.owner.in_(["", bindparam("owner")]))
_MINE = (_H.owner == bindparam("place"), _H.holder == bindparam("hold"))
_DROP = delete(HOLDS).where(*_MINE)
# Writes nothing new, but whoever would take the hold has to wait for this transaction.
_LOCK = update(HOLDS).where(*_MINE).values(holder=bindparam("hold"))

# The database's own clock, in microseconds: those of several machines differ.
_NOW: dict[str, ColumnElement[int]] = {
    "sqlite": literal_column(
        "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)", BigInteger
    ),
    "postgresql": literal_column(
        "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)", BigInteger
    ),
}


def _put(insert: MakeInsert) -> AnyInsert:
    columns = ("owner", "name", "body")
    new = insert(SHARED).values({name: bindparam(name) for name in columns})
    return new.on_conflict_do_update(
        index_elements=["owner", "name"], set_={"body": new.excluded["body"]}
    )


def _take(now: ColumnElement[int], insert: MakeInsert) -> AnyInsert:
    values = {"owner": bindparam("place"), "holder": bindparam("hold"), "until": _until(now)}
    new = insert(HOLDS).values(values)
    return new.on_conflict_do_update(
        index_elements=["owner"],
        set_={name: new.excluded[name] for name in ("holder", "until")},
        where=(_H.until < now) | (_H.holder == new.excluded.holder),
    )


def _until(now: ColumnElement[int]) -> ColumnElement[int]:
    return now + bindparam("micros", type_=BigInteger)


_PUT = for_each(_put)
_TAKE = {name: for_each(partial(_take, now))[name] for name, now in _NOW.items()}
_KEEP = {name: update(HOLDS).where(*_MINE).values(until=_until(now)) for name, now in _NOW.items()}


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
    """Take a place or keep it, if nobody else has it."""
    values = {"place": place, "hold": hold, "micros": micros}
    return bool(connection.execute(_TAKE[connection.dialect.name], values).rowcount)


def keep(connection: Connection, place: str, hold: str, micros: int) -> bool:
    """Keep a place that is still held."""
    values = {"place": place, "hold": hold, "micros": micros}
    return bool(connection.execute(_KEEP[connection.dialect.name], values).rowcount)


def drop(connection: Connection, place: str, hold: str) -> None:
    """Give a place back."""
    connection.execute(_DROP, {"place": place, "hold": hold})
