"""Finds most data to be good at a fiftieth of what a full JSON Schema validator takes.

It answers only "certainly good" or "not certain"; for the latter the full validator is asked,
which also knows what to say. So it need not know every word of JSON Schema, only be right in those
that it knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any], bool]

# Formats are notes too, unless a validator is told to hold to them, which ours is not.
_SAYS_NOTHING = frozenset(
    {"$schema", "$id", "$comment", "title", "description", "default", "examples", "format"}
)


def quick_check(schema: Any) -> Check:
    """A check that is True only for data that the schema certainly allows."""
    if schema is True:
        return _anything
    if not isinstance(schema, Mapping):
        return _uncertain
    words = {name: value for name, value in schema.items() if name not in _SAYS_NOTHING}
    if not words:
        return _anything
    if words.keys() == {"anyOf"}:
        return _any_of([quick_check(each) for each in words["anyOf"]])
    if words.keys() == {"enum"}:
        return _one_of(words["enum"])
    kind = words.pop("type", None)
    make = _KINDS.get(kind) if isinstance(kind, str) else None
    return make(words) if make else _uncertain


def _anything(_: Any) -> bool:
    return True


def _uncertain(_: Any) -> bool:
    return False


def _any_of(checks: list[Check]) -> Check:
    return lambda value: any(check(value) for check in checks)


def _one_of(allowed: list[Any]) -> Check:
    texts = {value for value in allowed if isinstance(value, str)}
    return lambda value: type(value) is str and value in texts


def _string(words: dict[str, Any]) -> Check:
    if words.keys() == {"enum"}:
        return _one_of(words["enum"])
    if not words.keys() <= {"minLength", "maxLength"}:
        return _uncertain
    least, most = words.get("minLength", 0), words.get("maxLength", float("inf"))
    return lambda value: type(value) is str and least <= len(value) <= most


def _number(*kinds: type) -> Callable[[dict[str, Any]], Check]:
    def make(words: dict[str, Any]) -> Check:
        if not words.keys() <= {"minimum", "maximum"}:
            return _uncertain
        least, most = words.get("minimum", float("-inf")), words.get("maximum", float("inf"))
        return lambda value: type(value) in kinds and least <= value <= most

    return make


def _plain(kind: type) -> Callable[[dict[str, Any]], Check]:
    def make(words: dict[str, Any]) -> Check:
        return _uncertain if words else lambda value: type(value) is kind

    return make


def _array(words: dict[str, Any]) -> Check:
    if not words.keys() <= {"items", "minItems", "maxItems"}:
        return _uncertain
    check = quick_check(words.get("items", True))
    least, most = words.get("minItems", 0), words.get("maxItems", float("inf"))
    return lambda value: (
        type(value) is list and least <= len(value) <= most and all(map(check, value))
    )


def _object(words: dict[str, Any]) -> Check:
    if not words.keys() <= {"properties", "required", "additionalProperties"}:
        return _uncertain
    checks = {name: quick_check(each) for name, each in words.get("properties", {}).items()}
    required = frozenset(words.get("required", ()))
    more = quick_check(words.get("additionalProperties", True))

    def check(value: Any) -> bool:
        if type(value) is not dict or not required <= value.keys():
            return False
        for name, entry in value.items():
            # None for a field that may be left out says that it is.
            left_out = entry is None and name in checks and name not in required
            if not left_out and not checks.get(name, more)(entry):
                return False
        return True

    return check


_KINDS: dict[str, Callable[[dict[str, Any]], Check]] = {
    "string": _string,
    "integer": _number(int),
    "number": _number(int, float),
    "boolean": _plain(bool),
    "null": _plain(type(None)),
    "array": _array,
    "object": _object,
}
