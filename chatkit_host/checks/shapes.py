"""What is known of data before there is any: the keys of a map. None: anything may be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Shape: TypeAlias = "Mapping[str, Shape] | None"

# What a template may ask any map for, besides its keys.
METHODS = frozenset({"items", "keys", "values", "get"})
_LOGIC = ("for", "if", "yield")


def shape_of_schema(schema: Mapping[str, Any] | None) -> Shape:
    """The keys of what a JSON Schema describes, if it names them all."""
    if not schema or schema.get("additionalProperties") is not False:
        return None
    properties: Mapping[str, Any] = schema.get("properties", {})
    return {name: shape_of_schema(each) for name, each in properties.items()}


def shape_of_value(value: Any) -> Shape:
    """The keys of a value of the file; a template may give anything, an empty map be filled."""
    if not isinstance(value, dict) or not value or any(key in value for key in _LOGIC):
        return None
    return {name: shape_of_value(each) for name, each in value.items()}


def with_target(shape: Shape, keys: Sequence[str]) -> Shape:
    """The shape after something has been written at a path of it."""
    if shape is None or not keys:
        return shape
    first, *rest = keys
    inner = with_target(shape.get(first, {} if rest else None), rest)
    return {**shape, first: inner}
