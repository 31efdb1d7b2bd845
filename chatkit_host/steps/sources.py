"""Sources and annotations, from the values that templates gave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chatkit_host.agents.web_pages import host
from chatkit_host.config.sources import KEYS, PLACES
from chatkit_host.types import Annotation, EntitySource, FileSource, URLSource


def source(given: Mapping[str, Any]) -> URLSource | FileSource | EntitySource:
    """One source.

    Raises:
        ValueError: it is none.
    """
    kind = next((kind for kind in KEYS if kind in given), None)
    if kind is None:
        raise ValueError(f"a source has one of {', '.join(KEYS)}; this one has {', '.join(given)}")
    told = {key: value for key, value in given.items() if key not in (kind, *PLACES)}
    known = {key: value for key, value in told.items() if value is not None}
    name = str(given[kind])
    match kind:
        case "url":
            return URLSource(**{"title": host(name), **known, "url": name})
        case "file":
            return FileSource(**{"title": name, **known, "filename": name})
        case _:
            return EntitySource(**{"title": name, **known, "id": name})


def annotation(given: Mapping[str, Any], text: str) -> Annotation:
    """A source at its place in the text: `index`, or behind the first `after`; else at no place."""
    index = given.get("index")
    passage = given.get("after")
    if index is None and passage:
        found = text.find(str(passage))
        index = None if found < 0 else found + len(str(passage))
    return Annotation(source=source(given), index=index)
