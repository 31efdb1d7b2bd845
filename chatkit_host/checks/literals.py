"""Whether a value that is written out, and no template, is what a schema wants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WORDS = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "a map",
    "array": "a list",
}


def misfit(value: Any, schema: Any) -> str | None:
    """What is wanted in place of the value, in words; None where it fits, or nobody can say."""
    if value is None or not isinstance(schema, Mapping) or _is_open(value):
        return None
    choices = schema.get("enum")
    if isinstance(choices, list):
        listed = ", ".join(str(each) for each in choices if each is not None)
        return None if value in choices else f"one of {listed}, not {value!r}"
    given = schema.get("type")
    wanted = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    if not wanted or any(_is(value, each) for each in wanted):
        return None
    words = " or ".join(_WORDS[each] for each in wanted if each in _WORDS)
    return f"{words}, not {_described(value)}"


def _is_open(value: Any) -> bool:
    """Whether what comes of it is known only when it is rendered."""
    if isinstance(value, str):
        return "{{" in value or "{%" in value
    return isinstance(value, dict) and any(key in value for key in ("for", "if", "yield"))


def _is(value: Any, wanted: str) -> bool:
    if isinstance(value, bool):
        return wanted == "boolean"
    if isinstance(value, (int, float)):
        return wanted == "number" or (wanted == "integer" and float(value).is_integer())
    kinds = {"string": str, "object": dict, "array": list}
    return wanted in kinds and isinstance(value, kinds[wanted])


def _described(value: Any) -> str:
    names = {dict: "a map", list: "a list", bool: str(value).lower()}
    return names.get(type(value), repr(value))
