"""One page of a list that is read piece by piece."""

from __future__ import annotations

from typing import Generic, TypeVar

from chatkit_host.types.base import WireModel

T = TypeVar("T")


class Page(WireModel, Generic[T]):
    """Records, and the cursor `after` which the next page begins if `has_more`."""

    data: list[T] = []  # noqa: RUF012 - pydantic copies it for each page
    has_more: bool = False
    after: str | None = None
