"""Sources: what an answer or a task refers to; a page, a file, or a thing that the page knows."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from chatkit_host.config.kinds import problem
from chatkit_host.config.problems import nearest
from chatkit_host.config.values import Mark

SHOWN = ("title", "description", "timestamp", "group")
OF_ENTITIES = ("icon", "label", "inline_label", "interactive", "data")
KEYS: dict[str, tuple[str, ...]] = {
    "url": (*SHOWN, "attribution"),
    "file": SHOWN,
    "entity": (*SHOWN, *OF_ENTITIES),
}
"""What each kind of source may say besides the key that says its kind."""

PLACES = ("index", "after")
"""Where in a text an annotation stands: at a character, or after a passage."""

_KNOWN = frozenset(key for keys in KEYS.values() for key in keys)
_LOGIC = ("for", "if", "yield")


def _checked(given: Any, *more: str) -> Any:
    """The list as it is; each element that is written out must be a source."""
    if isinstance(given, str) and "{{" in given:
        return given
    if not isinstance(given, list):
        raise problem("map_wanted", "a list is wanted here, or a {{ template }} that gives one")
    for place, source in enumerate(given):
        _check(source, place, more)
    return given


def _check(source: Any, place: int, more: tuple[str, ...]) -> None:
    if not isinstance(source, dict):
        raise problem("source", "a source is a map", path=(place,))
    if "yield" in source:
        return  # its elements are known when it is rendered
    kinds = [kind for kind in KEYS if kind in source]
    if len(kinds) != 1:
        cure = f"give it one of {', '.join(KEYS)}"
        near = {key: nearest(key, KEYS) for key in map(str, source) if key not in _KNOWN}
        meant = next((key for key, like in near.items() if like), None)
        if kinds or meant is None:
            raise problem("source", "a source says what it is", cure=cure, path=(place,))
        message = f"a source has no {meant!r}"
        raise problem("source", message, hint=near[meant], path=(place, meant))
    allowed = (*kinds, *KEYS[kinds[0]], *more, *_LOGIC)
    for key in map(str, source):
        if key not in allowed:
            hint = nearest(key, allowed)
            listed = None if hint else f"here may stand: {', '.join(allowed[: -len(_LOGIC)])}"
            text = f"a source with {kinds[0]!r} has no {key!r}"
            raise problem("source", text, hint=hint, cure=listed, path=(place, key))


_SCHEMA = WithJsonSchema({"anyOf": [{"type": "array"}, {"type": "string", "pattern": r"\{\{"}]})

Sources = Annotated[Any, BeforeValidator(_checked), Mark.VALUE, _SCHEMA]
"""A list of sources with templates in it, or one template that gives the list."""

Annotations = Annotated[
    Any, BeforeValidator(lambda given: _checked(given, *PLACES)), Mark.VALUE, _SCHEMA
]
"""The same, each with its place in a text."""
