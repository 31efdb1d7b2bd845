"""Every component with its props, and samples that show all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter

from chatkit_host.checks.props import known
from chatkit_host.components import StrictWidgetRoot
from chatkit_host.gallery import catalogue
from chatkit_host.gallery.catalogue import components
from chatkit_host.gallery.notes import notes
from chatkit_host.gallery.samples import SAMPLES, Sample

ALL = [(name, sample) for name, samples in SAMPLES.items() for sample in samples]
IDS = [f"{name}: {sample.name}" for name, sample in ALL]


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, list):
        for each in tree:
            yield from nodes(each)
    elif isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from nodes(value)


def told(name: str) -> dict[str, Any]:
    return next(each for each in catalogue()["components"] if each["name"] == name)


def props(name: str) -> dict[str, str]:
    return {each["name"]: each["type"] for each in told(name)["props"]}


def test_every_component_is_in_it() -> None:
    names = [each["name"] for each in catalogue()["components"]]
    assert names == sorted(known()["components"])


def test_props_are_told_with_their_types() -> None:
    assert props("Text")["weight"] == '"normal" | "medium" | "semibold" | "bold"'
    assert props("Text")["editable"] == "false | EditableProps"
    assert props("Button")["iconStart"] == "icon"
    assert props("Card")["border"] == "number | Border | Borders"
    assert props("Chart")["series"] == "(BarSeries | AreaSeries | LineSeries)[]"
    assert props("Table")["children"] == "Table.Row[]"
    assert props("Transition")["children"] == "component"
    assert list(props("Spacer")) == ["minSize", "key", "id"]


def test_what_has_to_be_there_is_marked() -> None:
    assert [each["name"] for each in told("Label")["props"] if each["required"]] == [
        "value",
        "fieldName",
    ]


def test_a_container_tells_what_all_containers_have() -> None:
    assert "flows downwards" in told("Col")["text"]
    assert "in pixels or CSS" in told("Col")["text"]


def test_types_that_props_name_are_told_too() -> None:
    types = {each["name"]: each for each in catalogue()["types"]}
    assert {"ThemeColor", "ActionConfig", "SelectOption", "Border", "XAxisConfig"} <= set(types)
    size, *others = types["Border"]["props"]
    assert (size["name"], size["required"]) == ("size", True)
    assert not any(each["required"] for each in others)


@pytest.mark.parametrize("name", sorted(known()["components"]))
def test_samples_show_every_prop(name: str) -> None:
    shown = {
        prop
        for sample in SAMPLES[name]
        for node in nodes(sample.tree)
        if node.get("type") == name
        for prop in node
    }
    assert set(components()[name].model_fields) - {"key", "id"} <= shown


@pytest.mark.parametrize(("name", "sample"), ALL, ids=IDS)
def test_a_sample_is_a_whole_widget_with_nothing_odd(name: str, sample: Sample) -> None:
    TypeAdapter(StrictWidgetRoot).validate_python(sample.tree)
    odd = [note for note in notes(sample.tree) if "'Hologram'" not in note.message]
    assert odd == []
    assert any(node.get("type") == name for node in nodes(sample.tree))


def test_samples_have_names_of_their_own() -> None:
    for samples in SAMPLES.values():
        assert len({each.name for each in samples}) == len(samples)


def test_all_of_it_is_json() -> None:
    assert json.loads(json.dumps(catalogue())) == catalogue()
