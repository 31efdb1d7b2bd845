"""What pages of threads and pages of items have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Select

# Each is a row of id, body and private.
Rows = Sequence[Any]
Statements = dict[tuple[bool, bool], Select[Any]]


class PageStatement(Protocol):
    """Builds the statement of a page."""

    def __call__(self, *, desc: bool, after: bool) -> Select[Any]:
        """The page from the start or the end, or from behind a row."""


def orders(build: PageStatement) -> Statements:
    """The statements for both orders, with and without a row to begin behind."""
    both = (False, True)
    return {(desc, after): build(desc=desc, after=after) for desc in both for after in both}


def cut(rows: Rows, limit: int) -> tuple[Rows, str | None]:
    """The page itself, and its cursor if the row beyond it was found too.

    The first column must be the id.
    """
    if len(rows) <= limit:
        return rows, None
    rows = rows[:limit]
    return rows, rows[-1][0] if rows else None
