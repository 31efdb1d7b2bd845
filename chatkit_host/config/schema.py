"""The JSON Schema of chatkit.yaml, for editors; made from the models, never by hand."""

from __future__ import annotations

import json
from typing import Any

from chatkit_host.config.root import Config
from chatkit_host.config.schemas import TYPES

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_FILE = {
    "type": "object",
    "description": "The content of a file, relative to this one.",
    "properties": {"file": {"type": "string"}},
    "required": ["file"],
    "additionalProperties": False,
}
_DATA = {
    "description": "Names with their types: `city: string`; or a JSON Schema.",
    "anyOf": [{"$ref": "#/$defs/FileReference"}, {"$ref": "#/$defs/DataProperties"}],
}
_PROPERTIES = {
    "type": "object",
    "additionalProperties": {
        "anyOf": [
            {"enum": list(TYPES)},
            {"type": ["object", "array", "boolean"]},
            {"type": "string", "pattern": r"\$\{"},
        ]
    },
}
# Any value may come from the environment, and is text until it is filled in.
_VARIABLE = {"type": "string", "pattern": r"\$\{"}


def json_schema() -> dict[str, Any]:
    """The schema of the whole language."""
    schema = Config.model_json_schema(by_alias=True)
    for section in _sections(schema):
        _open_for_variables(section)
        section["patternProperties"] = {"^x-": {"description": "Free: a home for anchors."}}
    _tidy(schema)
    schema["$defs"] |= {"FileReference": _FILE, "DataSchema": _DATA, "DataProperties": _PROPERTIES}
    return {"$schema": DRAFT, "title": "chatkit.yaml", **schema}


def schema_text() -> str:
    """The schema as it stands in schemas/chatkit.schema.json."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _sections(schema: dict[str, Any]) -> list[dict[str, Any]]:
    models = [schema, *schema["$defs"].values()]
    return [model for model in models if model.get("additionalProperties") is False]


def _open_for_variables(section: dict[str, Any]) -> None:
    for name, given in section.get("properties", {}).items():
        if _is_no_text(given) and "const" not in given:
            described = {key: given.pop(key) for key in ("description", "default") if key in given}
            section["properties"][name] = {"anyOf": [given, _VARIABLE], **described}


def _is_no_text(given: dict[str, Any]) -> bool:
    choices = given.get("anyOf", [given])
    kinds = [choice.get("type") for choice in choices]
    return any(kind in kinds for kind in ("integer", "number", "boolean")) or "enum" in given


def _tidy(node: Any) -> None:
    """Takes out the titles that pydantic makes of names, and puts our own references in."""
    if isinstance(node, list):
        for each in node:
            _tidy(each)
    elif isinstance(node, dict):
        if isinstance(node.get("title"), str):
            del node["title"]
        if isinstance(node.get("x-is"), str):
            node["$ref"] = "#/$defs/" + node.pop("x-is")
        for each in node.values():
            _tidy(each)
