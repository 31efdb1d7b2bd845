"""The short form of data schemas."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chatkit_host.config import to_json_schema, with_absent
from chatkit_host.config.schemas import SchemaSpecError


def closed(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


STRING = {"type": "string"}


@pytest.mark.parametrize(
    ("spec", "schema"),
    [
        ("string", STRING),
        ({}, closed({}, [])),
        ({"city": "string"}, closed({"city": STRING}, ["city"])),
        ({"type": "string", "min_length": 2}, {"type": "string", "minLength": 2}),
        ({"enum": ["a", "b"]}, {"enum": ["a", "b"]}),
        ({"enum": ["a"], "optional": True}, {"enum": ["a", None]}),
        ({"type": "string", "optional": True}, {"type": ["string", "null"]}),
        ({"type": ["string", "integer"]}, {"type": ["string", "integer"]}),
        ({"type": "object"}, {"type": "object"}),
        (
            {"meal": {"type": "string", "optional": True}},
            closed({"meal": {"type": ["string", "null"]}}, []),
        ),
        (
            {"names": {"type": "array", "items": {"name": "string"}, "min_items": 1}},
            closed(
                {
                    "names": {
                        "type": "array",
                        "items": closed({"name": STRING}, ["name"]),
                        "minItems": 1,
                    }
                },
                ["names"],
            ),
        ),
        ({"properties": {"type": "string"}}, closed({"type": STRING}, ["type"])),
        (
            {"type": {"type": "string"}, "format": "string"},
            closed({"type": STRING, "format": STRING}, ["type", "format"]),
        ),
        (
            {"type": "object", "properties": {"a": "string"}, "required": [], "title": "T"},
            {**closed({"a": STRING}, []), "title": "T"},
        ),
        (
            {"any_of": ["string", "integer"], "optional": True},
            {"anyOf": [{"anyOf": [STRING, {"type": "integer"}]}, {"type": "null"}]},
        ),
        (
            {"type": "object", "additional_properties": "string"},
            {"type": "object", "additionalProperties": STRING},
        ),
    ],
)
def test_short_forms(spec: Any, schema: dict[str, Any]) -> None:
    assert to_json_schema(spec) == schema
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    ("spec", "path", "hint"),
    [
        ("strng", (), "string"),
        ({"a": "strng"}, ("a",), "string"),
        ({"a": {"type": "string", "min_lenght": 1}}, ("a", "min_lenght"), "min_length"),
        ({"a": {"type": "array", "items": 3}}, ("a", "items"), None),
        ({"a": None}, ("a",), None),
        ({"a": {"type": ["string", "nul"]}}, ("a", "type"), "null"),
    ],
)
def test_what_cannot_be_read(spec: Any, path: tuple[str, ...], hint: str | None) -> None:
    with pytest.raises(SchemaSpecError) as caught:
        to_json_schema(spec)
    assert (caught.value.path, caught.value.hint) == (path, hint)


def test_what_is_absent_reads_as_none_at_every_depth() -> None:
    person = {"name": "string", "age": {"type": "integer", "optional": True, "default": 3}}
    home = {"type": "object", "properties": {"street": {"type": "string", "optional": True}}}
    schema = to_json_schema(
        {"people": {"type": "array", "items": person}, "home": home, "x": home | {"optional": True}}
    )
    given = {"people": [{"name": "A"}], "home": {}, "more": 1}
    assert with_absent(given, schema) == {
        "people": [{"name": "A", "age": 3}],
        "home": {"street": None},
        "x": None,
        "more": 1,
    }
