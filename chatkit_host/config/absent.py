"""Optional means absent or null, and reads as none at every depth (rule 4 of the language)."""

from __future__ import annotations

from typing import Any


def with_absent(value: Any, schema: dict[str, Any]) -> Any:
    """The value with every property that its schema names and it lacks: a default, or None."""
    if isinstance(value, dict):
        return _filled(value, schema)
    items = schema.get("items")
    if isinstance(value, list) and isinstance(items, dict):
        return [with_absent(each, items) for each in value]
    return value


def _filled(value: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    known: dict[str, Any] = schema.get("properties") or _alternative(schema)
    absent = {name: each.get("default") for name, each in known.items() if name not in value}
    given = {name: with_absent(each, known.get(name, {})) for name, each in value.items()}
    return {**given, **absent}


def _alternative(schema: dict[str, Any]) -> dict[str, Any]:
    """The properties of the one alternative that has some, as in an optional object."""
    found = [each["properties"] for each in schema.get("anyOf", ()) if "properties" in each]
    return found[0] if len(found) == 1 else {}
