"""The one word in which the two databases differ: `insert`, for its ON CONFLICT."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.dialects import postgresql, sqlite

AnyInsert = sqlite.Insert | postgresql.Insert
MakeInsert = Callable[..., AnyInsert]


def for_each(build: Callable[[MakeInsert], AnyInsert]) -> dict[str, AnyInsert]:
    """What `build` makes of each database's `insert`, by the name of its dialect."""
    built = {"sqlite": build(sqlite.insert), "postgresql": build(postgresql.insert)}
    # Without the option, psycopg has forgotten the count of an INSERT by the time one asks.
    return {name: each.execution_options(preserve_rowcount=True) for name, each in built.items()}
