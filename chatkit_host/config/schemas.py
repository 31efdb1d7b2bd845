"""The short form of a data schema, and the JSON Schema it stands for (rule 4 of the language)."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from chatkit_host.config.kinds import problem

TYPES = ("string", "number", "integer", "boolean", "object", "array", "null")

_PLAIN_KEYWORDS = (
    *("type", "enum", "const", "title", "description", "default", "examples", "format"),
    *("pattern", "deprecated", "readOnly", "writeOnly", "minimum", "maximum", "multipleOf"),
    *("exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems"),
    *("uniqueItems", "minContains", "maxContains", "minProperties", "maxProperties", "required"),
    *("dependentRequired", "contentEncoding", "contentMediaType"),
    *("$schema", "$id", "$ref", "$anchor", "$comment"),
)
_SCHEMA_KEYWORDS = (
    *("items", "contains", "not", "if", "then", "else"),
    *("propertyNames", "additionalProperties"),
)
_LIST_KEYWORDS = ("anyOf", "oneOf", "allOf", "prefixItems")
_MAP_KEYWORDS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")


def _snake(keyword: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in keyword)


KEYWORDS = {
    spelling: keyword
    for keyword in [*_PLAIN_KEYWORDS, *_SCHEMA_KEYWORDS, *_LIST_KEYWORDS, *_MAP_KEYWORDS]
    for spelling in (keyword, _snake(keyword))
}
_OURS = ("optional",)
_OTHER_NAMES = {
    **dict.fromkeys(("list", "tuple", "set"), "array"),
    **dict.fromkeys(("dict", "map", "record"), "object"),
    **dict.fromkeys(("float", "double", "decimal"), "number"),
    **dict.fromkeys(("text", "date", "datetime"), "string"),
    "bool": "boolean",
    "none": "null",
}
"""What types are called elsewhere."""


class SchemaSpecError(ValueError):
    """A schema that cannot be read: `path` leads from its top to the fault, or to its key."""

    def __init__(
        self,
        message: str,
        path: tuple[str | int, ...],
        hint: str | None = None,
        *,
        at_key: bool = False,
    ) -> None:
        super().__init__(message)
        self.at_key = at_key
        self.message = message
        self.path = path
        self.hint = hint


def to_json_schema(spec: Any, path: tuple[str | int, ...] = ()) -> dict[str, Any]:
    """The JSON Schema of a spec: a type name, a schema, or an object's properties by name.

    Raises SchemaSpecError, with the path to what it could not read.
    """
    if isinstance(spec, str):
        return {"type": _type_name(spec, path)}
    if not isinstance(spec, dict):
        message = f"a type name or a map is wanted here, not {_described(spec)}"
        raise SchemaSpecError(message, path)
    return _read_schema(spec, path) if is_schema(spec) else _object_of(spec, path)


def is_schema(spec: dict[str, Any]) -> bool:
    """Whether a map is a schema; any other map is an object's properties."""
    named = spec.get("type")
    return (
        (isinstance(named, str) and named in TYPES)
        or isinstance(named, list)
        or any(isinstance(spec.get(key), list) for key in ("enum", "any_of", "one_of", "all_of"))
        or any(isinstance(spec.get(key), list) for key in ("anyOf", "oneOf", "allOf"))
        or any(key.startswith("$") for key in spec)
        or isinstance(spec.get("properties"), dict)  # how a property called `type` is written
    )


def _read_schema(spec: dict[str, Any], path: tuple[str | int, ...]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in spec.items():
        if key in _OURS:
            continue
        keyword = _keyword(key, path)
        result[keyword] = _keyword_value(keyword, value, (*path, key))
    if "properties" in result:
        result.setdefault("type", "object")
        result.setdefault("required", _required(spec["properties"]))
        result.setdefault("additionalProperties", False)
    return _nullable(result) if spec.get("optional") is True else result


def _keyword(key: str, path: tuple[str | int, ...]) -> str:
    if key in KEYWORDS:
        return KEYWORDS[key]
    hint = next(iter(get_close_matches(key, [*KEYWORDS, *_OURS], n=1)), None)
    message = f"unknown keyword {key!r} in a schema"
    raise SchemaSpecError(message, (*path, key), hint, at_key=True)


def _keyword_value(keyword: str, value: Any, path: tuple[str | int, ...]) -> Any:
    if keyword == "type":
        names = value if isinstance(value, list) else [value]
        checked = [_type_name(name, path) for name in names]
        return checked if isinstance(value, list) else checked[0]
    if keyword == "required" and not isinstance(value, list):
        message = "'required' is a list of names; what is not `optional: true` is required anyway"
        raise SchemaSpecError(message, path)
    if keyword in _SCHEMA_KEYWORDS:
        return value if isinstance(value, bool) else to_json_schema(value, path)
    if keyword in _LIST_KEYWORDS:
        return [to_json_schema(each, (*path, i)) for i, each in enumerate(_list(value, path))]
    if keyword in _MAP_KEYWORDS:
        return _properties(value, path)
    return value


def _object_of(spec: dict[str, Any], path: tuple[str | int, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": _properties(spec, path),
        "required": _required(spec),
        "additionalProperties": False,
    }


def _properties(spec: Any, path: tuple[str | int, ...]) -> dict[str, Any]:
    if not isinstance(spec, dict):
        raise SchemaSpecError(f"a map of names is wanted here, not {_described(spec)}", path)
    return {name: to_json_schema(each, (*path, name)) for name, each in spec.items()}


def _required(properties: dict[str, Any]) -> list[str]:
    return [name for name, spec in properties.items() if not _is_optional(spec)]


def _is_optional(spec: Any) -> bool:
    return isinstance(spec, dict) and is_schema(spec) and spec.get("optional") is True


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """The same schema, or null: optional means absent or null."""
    if "enum" in schema:
        schema = {**schema, "enum": [*schema["enum"], None]}
    named = schema.get("type")
    if named is None:
        return schema if "enum" in schema else {"anyOf": [schema, {"type": "null"}]}
    names = named if isinstance(named, list) else [named]
    return {**schema, "type": [*names, "null"] if "null" not in names else names}


def _type_name(name: Any, path: tuple[str | int, ...]) -> str:
    if isinstance(name, str) and name in TYPES:
        return name
    hint = _OTHER_NAMES.get(str(name)) or _nearest_type(str(name))
    raise SchemaSpecError(f"{name!r} is not a type: {', '.join(TYPES)}", path, hint)


def _nearest_type(name: str) -> str | None:
    return next(iter(get_close_matches(name, TYPES, n=1)), None)


def _list(value: Any, path: tuple[str | int, ...]) -> list[Any]:
    if isinstance(value, list):
        return value
    raise SchemaSpecError(f"a list is wanted here, not {_described(value)}", path)


def _described(value: Any) -> str:
    return "nothing" if value is None else repr(value)


def _read(given: Any) -> Any:
    try:
        return to_json_schema(given)
    except SchemaSpecError as error:
        kind = "schema_keyword" if error.at_key else "schema"
        raise problem(kind, error.message, hint=error.hint, path=error.path) from None


def _validated(given: Any) -> Any:
    schema = _read(given)
    if schema.get("type") != "object":
        raise problem("schema", "this must describe an object: a map of names to types")
    return schema


Schema = Annotated[
    dict[str, Any], BeforeValidator(_validated), WithJsonSchema({"x-is": "DataSchema"})
]
"""A JSON Schema of an object, written in the short form or in full."""

AnySchema = Annotated[
    dict[str, Any],
    BeforeValidator(_read),
    WithJsonSchema({"anyOf": [{"enum": list(TYPES)}, {"x-is": "DataSchema"}]}),
]
"""A JSON Schema of anything."""
