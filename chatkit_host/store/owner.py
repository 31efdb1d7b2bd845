"""Whose rows a context opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

OwnerOf = Callable[[Any], str]

_NAMES = ("owner", "user_id", "userId")


def owner_of(context: Any) -> str:
    """The owner that a context names: `owner`, `user_id` or `userId`, as a key or an attribute.

    Raises:
        TypeError: it names none; a store must never guess whose data to open.
    """
    for name in _NAMES:
        found = context.get(name) if isinstance(context, Mapping) else getattr(context, name, None)
        if isinstance(found, str) and found:
            return found
    raise TypeError(
        f"A context of type {type(context).__name__} names no owner. Give it a text `owner` (or "
        "`user_id`), as a key or an attribute, or pass owner_of= to the store."
    )
