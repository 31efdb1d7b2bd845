"""Rows in an order of their own, found by id and read page by page; for the memory store."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, TypeVar

T = TypeVar("T")

_key = attrgetter("key")


@dataclass(slots=True)
class Row(Generic[T]):
    """A record and its place: by `key[0]`, and by order of arrival where that is equal."""

    key: tuple[int, int]
    id: str
    record: T


class Timeline(Generic[T]):
    """Records by rank, then by arrival; a page costs the same however long the timeline is."""

    def __init__(self) -> None:
        self._rows: list[Row[T]] = []
        self._by_id: dict[str, Row[T]] = {}
        self._arrivals = 0

    def __contains__(self, id: str) -> bool:
        return id in self._by_id

    def get(self, id: str) -> T:
        """The record; KeyError where there is none."""
        return self._by_id[id].record

    def put(self, id: str, record: T, rank: int = 0) -> None:
        """Add a record, or replace the one with this id where it stands."""
        row = self._by_id.get(id)
        if row is not None and row.key[0] == rank:
            row.record = record
            return
        if row is not None:
            self.remove(id)
        self._arrivals += 1
        row = Row((rank, self._arrivals), id, record)
        self._by_id[id] = row
        insort(self._rows, row, key=_key)

    def remove(self, id: str) -> None:
        """Take a record out; KeyError where there is none."""
        del self._rows[self._place(id)]
        del self._by_id[id]

    def ids_after(self, id: str) -> list[str]:
        """The ids of all records behind this one."""
        return [row.id for row in self._rows[self._place(id) + 1 :]]

    def all(self, keep: Callable[[T], bool]) -> list[T]:
        """The records to keep, in their order."""
        return [row.record for row in self._rows if keep(row.record)]

    def page(
        self, after: str | None, limit: int, order: str, keep: Callable[[T], bool] | None = None
    ) -> tuple[list[Row[T]], bool]:
        """Up to `limit` rows behind `after`, of those to keep, and whether there are more.

        KeyError where there is no `after`.
        """
        found: list[Row[T]] = []
        for place in self._places(after, order):
            row = self._rows[place]
            if keep is not None and not keep(row.record):
                continue
            if len(found) == limit:
                return found, True
            found.append(row)
        return found, False

    def _places(self, after: str | None, order: str) -> range:
        end = len(self._rows)
        if order == "desc":
            start = end if after is None else self._place(after)
            return range(start - 1, -1, -1)
        return range(0 if after is None else self._place(after) + 1, end)

    def _place(self, id: str) -> int:
        return bisect_left(self._rows, self._by_id[id].key, key=_key)
