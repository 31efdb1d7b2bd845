"""Pages as the client gets them, cut from stored JSON without being parsed."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic

from chatkit_host.store.contract import TContext

_NO_ITEMS = ',"items":{"data":[],"has_more":false}}'


class WirePages(ABC, Generic[TContext]):
    """A store that can hand out the JSON of a listing: no hidden items, no metadata.

    Both stores of this package can; a server asks `isinstance(store, WirePages)`, and goes the
    long way round, through models, with any other. The arguments are those of `Store`.
    """

    @abstractmethod
    async def items_json(
        self, thread_id: str, after: str | None, limit: int, order: str, context: TContext
    ) -> bytes:
        """A `Page` of the items that the client may see."""

    @abstractmethod
    async def threads_json(
        self, limit: int, after: str | None, order: str, context: TContext
    ) -> bytes:
        """A `Page` of `Thread`, each without its items."""

    @abstractmethod
    async def thread_json(self, thread_id: str, limit: int, context: TContext) -> bytes:
        """A `Thread` with its first page of items, oldest first."""


def page_json(bodies: Sequence[str], after: str | None) -> str:
    """The JSON of a `Page`; there is more where `after` names its last row."""
    data = ",".join(bodies)
    if after is None:
        return f'{{"data":[{data}],"has_more":false}}'
    return f'{{"data":[{data}],"has_more":true,"after":{json.dumps(after)}}}'


def thread_with(body: str, items: str) -> str:
    """The JSON of a `Thread`, from a stored thread and a page of items."""
    return f'{body[:-1]},"items":{items}}}'


def thread_without_items(body: str) -> str:
    """The JSON of a `Thread` whose items are not told."""
    return body[:-1] + _NO_ITEMS
