"""What a client is told when a widget changes, where the reference says nothing or fails."""

from __future__ import annotations

from typing import Any

import pytest

from chatkit_host.types import WidgetRootUpdated, WidgetStreamingTextValueDelta
from chatkit_host.widgets import DynamicWidgetRoot, WidgetUpdate, diff_widget


def root(**props: Any) -> DynamicWidgetRoot:
    return DynamicWidgetRoot.model_validate({"type": "Card", **props})


def text(value: str, **props: Any) -> dict[str, Any]:
    return {"type": "Text", "value": value, **props}


def update(before: dict[str, Any], after: dict[str, Any]) -> WidgetUpdate:
    (only,) = diff_widget(root(**before), root(**after))
    return only


def test_text_that_grows_without_an_id_gives_the_whole_widget() -> None:
    found = update({"children": [text("a")]}, {"children": [text("ab")]})
    assert found == WidgetRootUpdated(widget=root(children=[text("ab")]))


def test_text_that_grows_in_a_single_child_gives_a_delta() -> None:
    found = update({"children": text("a", id="t")}, {"children": text("ab", id="t")})
    assert found == WidgetStreamingTextValueDelta(component_id="t", delta="b", done=True)


def test_another_single_child_gives_the_whole_widget() -> None:
    found = update({"children": text("a")}, {"children": text("b")})
    assert isinstance(found, WidgetRootUpdated)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"children": []}, {"children": [text("a", id="t")]}),
        ({"children": [text("a", id="t")]}, {"children": []}),
        ({"children": [text("a", id="t")]}, {"children": text("a", id="t")}),
        ({"children": None}, {"children": [text("a", id="t")]}),
        ({}, {"glow": 1}),
        ({"glow": {"a": 1}}, {}),
        ({"children": [text("abc", id="t")]}, {"children": [text("x", id="t")]}),
        (
            {"children": [text("a", id="t"), text("b")]},
            {"children": [text("ab", id="t"), text("c")]},
        ),
        (
            {"children": [text("a", id="t"), text("a", id="t")]},
            {"children": [text("ab", id="t"), text("ac", id="t")]},
        ),
    ],
)
def test_any_other_change_gives_the_whole_widget(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert isinstance(update(before, after), WidgetRootUpdated)


def test_a_prop_that_is_none_is_a_prop_that_is_not_there() -> None:
    assert diff_widget(root(glow=None, children=None), root()) == []


def test_an_id_that_two_nodes_have_names_neither() -> None:
    """A client would put the delta where it finds the id first."""
    twins = [text("a", id="t"), text("x", id="t")]
    found = update({"children": twins}, {"children": [twins[0], text("xy", id="t")]})
    assert isinstance(found, WidgetRootUpdated)


def test_true_is_not_one() -> None:
    assert isinstance(update({"glow": 1}, {"glow": True}), WidgetRootUpdated)
