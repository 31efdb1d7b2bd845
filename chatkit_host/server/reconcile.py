"""Two changes of one thread: what another process has written goes into what this one has."""

from __future__ import annotations

from collections.abc import MutableMapping
from copy import deepcopy
from typing import Any

from chatkit_host.types import ThreadMetadata

_FIELDS = ("title", "status", "allowed_image_domains")
_ABSENT: Any = object()


def reconcile(mine: ThreadMetadata, base: ThreadMetadata, theirs: ThreadMetadata) -> None:
    """Put into `mine` what `theirs` has changed since `base`, unless `mine` has changed it too.

    Maps are gone into, all else is taken whole. What stays is the very same object.
    """
    for name in _FIELDS:
        old, new = getattr(base, name), getattr(theirs, name)
        if new != old and getattr(mine, name) == old:
            setattr(mine, name, new)
    _merge(mine.metadata, base.metadata, theirs.metadata)


def assume(
    base: MutableMapping[str, Any],
    given: MutableMapping[str, Any],
    theirs: MutableMapping[str, Any],
) -> None:
    """Let `base` have had what was `given` without being said, where `theirs` has a word on it."""
    for key in given.keys() & theirs.keys():
        value, word = given[key], theirs[key]
        if isinstance(value, dict) and isinstance(word, dict):
            part = base.setdefault(key, {})
            if isinstance(part, dict):
                assume(part, value, word)
        else:
            base.setdefault(key, deepcopy(value))


def _merge(mine: dict[str, Any], base: dict[str, Any], theirs: dict[str, Any]) -> None:
    for key in [*theirs, *(key for key in mine if key not in theirs)]:
        had, have, has = (part.get(key, _ABSENT) for part in (base, mine, theirs))
        if isinstance(have, dict) and isinstance(has, dict):
            _merge(have, had if isinstance(had, dict) else {}, has)
        elif has == had or have != had:
            continue  # they have not changed it, or both have
        elif has is _ABSENT:
            del mine[key]
        else:
            mine[key] = has
