"""Data for a widget of which nothing is known but its schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DEEPEST = 8
ITEMS = 2
TEXTS = {
    "date": "2026-11-24",
    "date-time": "2026-11-24T09:30:00Z",
    "time": "09:30:00",
    "email": "ann@example.com",
    "uri": "https://example.com",
    "uuid": "0b8f6a52-8f0c-4f6e-9a3b-2f4f5f6a7b8c",
}


def sample_of(schema: Mapping[str, Any]) -> dict[str, Any]:
    """An object that fits the schema, as far as its types, choices and bounds go."""
    made = _Maker(schema).make(schema, "data", 0)
    return made if isinstance(made, dict) else {}


class _Maker:
    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root

    def make(self, schema: Any, name: str, depth: int) -> Any:
        """A value for the schema, named after what it is for."""
        schema = self._meant(schema)
        if schema is None or depth > DEEPEST:
            return None
        for key in ("examples", "enum"):
            if isinstance(schema.get(key), list) and schema[key]:
                return schema[key][0]
        for key in ("default", "const"):
            if key in schema:
                return schema[key]
        return self._of_type(schema, name, depth)

    def _meant(self, schema: Any) -> dict[str, Any] | None:
        """The schema that is referred to, or the first of its alternatives that is not null."""
        for _ in range(DEEPEST):
            if not isinstance(schema, dict):
                return None
            options = [each for key in ("anyOf", "oneOf") for each in schema.get(key, ())]
            if isinstance(schema.get("$ref"), str):
                schema = self._found(schema["$ref"])
            elif options:
                schema = next((each for each in options if each != {"type": "null"}), None)
            elif schema.get("allOf"):
                merged: dict[str, Any] = {}
                for each in schema["allOf"]:
                    merged |= self._meant(each) or {}
                return merged
            else:
                return schema
        return None

    def _found(self, ref: str) -> Any:
        found: Any = self._root
        for part in ref.removeprefix("#").strip("/").split("/"):
            found = found.get(part) if isinstance(found, dict) else None
        return found

    def _of_type(self, schema: dict[str, Any], name: str, depth: int) -> Any:
        kind = schema.get("type", "object" if "properties" in schema else None)
        if isinstance(kind, list):
            kind = next((each for each in kind if each != "null"), None)
        match kind:
            case "object":
                properties = schema.get("properties", {})
                return {key: self.make(each, key, depth + 1) for key, each in properties.items()}
            case "array":
                count = max(schema.get("minItems", 0), min(ITEMS, schema.get("maxItems", ITEMS)))
                items = schema.get("items")
                return [self.make(items, name, depth + 1) for _ in range(count)] if items else []
            case "string":
                return TEXTS.get(schema.get("format", "")) or _words(schema, name)
            case "integer" | "number":
                return _number(schema)
            case "boolean":
                return True
        return None


def _words(schema: dict[str, Any], name: str) -> str:
    words = name.replace("_", " ").replace("-", " ").strip().capitalize() or "Text"
    padded = words.ljust(schema.get("minLength", 0), ".")
    return padded[: schema["maxLength"]] if "maxLength" in schema else padded


def _number(schema: dict[str, Any]) -> int | float:
    least = schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
    most = schema.get("maximum", schema.get("exclusiveMaximum", 8) - 1)
    step = schema.get("multipleOf", 1)
    wanted = max(least, min(7, most))
    found: int | float = -(-wanted // step) * step
    return found
