"""Data that fits a schema, whatever it asks for."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chatkit_host.config import to_json_schema
from chatkit_host.gallery import sample_of

SCHEMAS: list[dict[str, Any]] = [
    {"name": "string", "pots": "integer", "price": "number", "gift": "boolean"},
    {"note": {"type": "string", "optional": True}, "kind": {"enum": ["fern", "cactus"]}},
    {"plants": {"type": "array", "items": {"name": "string", "price": "number"}}, "any": "array"},
    {"count": {"type": "integer", "minimum": 20, "multipleOf": 7}},
    {"few": {"type": "integer", "maximum": 2}, "small": {"type": "number", "exclusiveMaximum": 3}},
    {"code": {"type": "string", "minLength": 12}, "short": {"type": "string", "maxLength": 2}},
    {"day": {"type": "string", "format": "date"}, "mail": {"type": "string", "format": "email"}},
    {"three": {"type": "array", "minItems": 3, "items": "string"}},
    {"either": {"any_of": ["null", "string"]}},
    {"known": {"type": "string", "examples": ["Oslo"]}, "fixed": {"type": "integer", "const": 3}},
]
RECURSIVE = {
    "type": "object",
    "$defs": {
        "leaf": {"type": "string"},
        "tree": {"type": "object", "properties": {"inner": {"$ref": "#/$defs/tree"}}},
    },
    "properties": {"leaf": {"$ref": "#/$defs/leaf"}, "tree": {"$ref": "#/$defs/tree"}},
}


@pytest.mark.parametrize("spec", SCHEMAS, ids=[",".join(each) for each in SCHEMAS])
def test_it_fits(spec: dict[str, Any]) -> None:
    schema = to_json_schema(spec)
    assert list(Draft202012Validator(schema).iter_errors(sample_of(schema))) == []


def test_texts_are_named_after_what_they_are_for() -> None:
    assert sample_of(to_json_schema({"plant_name": "string"})) == {"plant_name": "Plant name"}


def test_references_are_followed_and_have_an_end() -> None:
    made = sample_of(RECURSIVE)
    assert made["leaf"] == "Leaf"
    assert made["tree"]["inner"]["inner"]


@pytest.mark.parametrize("schema", [{}, {"$ref": "#/nowhere"}, {"type": "string"}])
def test_of_what_is_no_object_nothing_is_known(schema: dict[str, Any]) -> None:
    assert sample_of(schema) == {}
