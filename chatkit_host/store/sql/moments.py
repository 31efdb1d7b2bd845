"""The database's own clock, in microseconds since 1970: those of several machines differ."""

from __future__ import annotations

from sqlalchemy import BigInteger, ColumnElement, bindparam, literal_column

NOW: dict[str, ColumnElement[int]] = {
    "sqlite": literal_column(
        "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)", BigInteger
    ),
    "postgresql": literal_column(
        "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)", BigInteger
    ),
}
"""By the name of the dialect."""


def until(now: ColumnElement[int]) -> ColumnElement[int]:
    """So many `micros` from now."""
    return now + bindparam("micros", type_=BigInteger)
