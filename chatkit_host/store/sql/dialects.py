"""The one word in which the two databases differ: `insert`, for its ON CONFLICT."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")
AnyInsert = sqlite.Insert | postgresql.Insert
MakeInsert = Callable[..., AnyInsert]


def for_each(build: Callable[[MakeInsert], T]) -> dict[str, T]:
    """What `build` makes of each database's `insert`, by the name of its dialect."""
    return {"sqlite": build(sqlite.insert), "postgresql": build(postgresql.insert)}
