"""Data is held against the widget's schema, and completed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from chatkit_host.widgets import WidgetError
from chatkit_host.widgets.quick_check import quick_check
from tests.widgets.samples import card, template

ITEM = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "note": {"type": "string"},
        "more": {"type": "object", "properties": {"deep": {"type": "string"}}},
    },
    "required": ["id"],
    "additionalProperties": False,
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "items": {"type": "array", "items": {"$ref": "#/$defs/item"}},
        "selected": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "limit": {"type": "integer", "default": 3},
        "title": {"type": "string"},
    },
    "required": ["items"],
    "additionalProperties": False,
    "$defs": {"item": ITEM},
}


def rendered(source: str, data: dict[str, Any], schema: dict[str, Any] = SCHEMA) -> Any:
    tree = template(card(f'{{"type":"X","p":{source}}}'), schema).tree(data)
    return tree["children"][0]["p"]


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("{{ title | tojson }}", None),
        ('"{{ title }}"', ""),
        ('{{ title | default("x") | tojson }}', "x"),
        ("{{ title is defined }}", False),
        ("{{ title is none }}", True),
        ("{{ title == none }}", True),
        ("{{ title != none }}", False),
        ("{{ selected == items[0].id }}", False),
        ("{{ items[0].note | tojson }}", None),
        ("{{ items[0].more.deep | tojson }}", None),
        ("{{ (items or none) | tojson }}", [{"id": "a", "note": None, "more": None}]),
        ("{{ limit }}", 3),
        ("{% if title %}1{% else %}2{% endif %}", 2),
    ],
)
def test_what_may_be_left_out_is_nothing(source: str, value: Any) -> None:
    assert rendered(source, {"items": [{"id": "a"}]}) == value


def test_none_for_what_may_be_left_out_says_that_it_is() -> None:
    data = {"items": [{"id": "a", "note": None}], "title": None}
    assert rendered("{{ items[0].note is none }}", data) is True


WRONG: list[tuple[dict[str, Any], str]] = [
    ({}, "data: 'items' is a required property"),
    ({"items": [{"id": 5}]}, r"data\.items\.0\.id: 5 is not of type 'string'"),
    ({"items": [{"id": ""}]}, r"data\.items\.0\.id: '' should be non-empty"),
    ({"items": [], "other": 1}, r"data: Additional properties are not allowed \('other'"),
    ({"items": [{"id": None}]}, r"data\.items\.0\.id: None is not of type 'string'"),
]


@pytest.mark.parametrize(("data", "told"), WRONG)
def test_data_that_does_not_fit_is_refused(data: dict[str, Any], told: str) -> None:
    with pytest.raises(WidgetError, match=f"^widget sample: {told}"):
        rendered("1", data)


def test_a_name_that_only_the_template_knows_may_be_given() -> None:
    assert rendered("{{ extra }}", {"items": [], "extra": 1}) == 1
    with pytest.raises(WidgetError, match="'extra' is not defined"):
        rendered("{{ extra }}", {"items": []})


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"type": "objekt"}, "jsonSchema is not a JSON Schema"),
        ({"properties": 5}, "jsonSchema is not a JSON Schema"),
        ({"type": "object", "required": 7}, "jsonSchema is not a JSON Schema"),
        ({"$ref": "#/$defs/none"}, "jsonSchema refers to what it does not hold"),
        ({"$ref": "https://example.com/schema"}, "jsonSchema refers to what it does not hold"),
    ],
)
def test_a_broken_schema_is_told(schema: dict[str, Any], told: str) -> None:
    with pytest.raises(WidgetError, match=told):
        rendered("1", {"a": 1}, schema)


def test_a_reference_in_a_circle_ends() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/node"}}}
    schema = {"properties": {"n": {"$ref": "#/$defs/node"}}, "$defs": {"node": node}}
    assert rendered("{{ n.next.next | tojson }}", {"n": {"next": {}}}, schema) is None


LEAVES: list[dict[str, Any]] = [
    {"type": "string"},
    {"type": "string", "minLength": 2, "format": "uri"},
    {"type": "string", "enum": ["a", "b"]},
    {"enum": ["a", 1]},
    {"type": "integer", "minimum": 1},
    {"type": "number", "maximum": 2.5},
    {"type": "boolean"},
    {"type": "null"},
    {"type": ["string", "null"]},
    {"type": "string", "pattern": "^a"},
    {},
]
SCHEMAS = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: (
        st.builds(lambda items: {"type": "array", "items": items, "maxItems": 2}, inner)
        | st.builds(lambda *each: {"anyOf": list(each)}, inner, inner)
        | st.builds(
            lambda a, b, more: {
                "type": "object",
                "properties": {"a": a, "b": b},
                "required": ["a", "b"],
                "additionalProperties": more,
            },
            inner,
            inner,
            st.booleans() | inner,
        )
    ),
    max_leaves=6,
)
DATA = st.recursive(
    st.sampled_from([None, True, 0, 1, 3, 1.0, 2.5, 3.5, "", "a", "ab"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
        | st.fixed_dictionaries({"a": inner, "b": inner})
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(schema=SCHEMAS, data=DATA)
def test_what_is_certainly_good_is_good(schema: dict[str, Any], data: Any) -> None:
    if quick_check(schema)(data):
        assert Draft202012Validator(schema).is_valid(data)
