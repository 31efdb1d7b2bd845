"""The actions that a widget offers."""

from __future__ import annotations

from typing import Any

from chatkit_host import widgets
from chatkit_host.widgets import tree_actions, tree_fields

BAIT = {"type": "forged", "onClickAction": {"type": "forged"}, "action": {"type": "forged"}}


def offered(tree: dict[str, Any]) -> list[str]:
    return [action["type"] for action in tree_actions(tree)]


def test_every_action_is_found_in_its_order() -> None:
    button = {"type": "Button", "onClickAction": {"type": "press"}}
    tree = {
        "type": "Card",
        "confirm": {"label": "Yes", "action": {"type": "yes"}},
        "cancel": {"label": "No", "action": {"type": "no"}},
        "children": [
            {"type": "Form", "onSubmitAction": {"type": "send"}, "children": [button]},
            {"type": "Transition", "children": {**button, "onClickAction": {"type": "single"}}},
            {"type": "Select", "onChangeAction": {"type": "choose"}},
        ],
    }
    assert offered(tree) == ["yes", "no", "send", "press", "single", "choose"]


def test_what_is_found_is_the_action_itself() -> None:
    action = {"type": "press"}
    (found,) = tree_actions({"type": "Button", "onClickAction": action})
    assert found is action


def test_data_offers_nothing() -> None:
    tree = {
        "type": "Card",
        "value": BAIT,
        "children": [
            {"type": "Button", "onClickAction": {"type": "press", "payload": BAIT}},
            {"type": "Select", "options": [BAIT]},
            {"type": "Chart", "data": [BAIT]},
        ],
    }
    assert offered(tree) == ["press"]


def test_what_is_no_action_is_left_out() -> None:
    tree = {"type": "Button", "onClickAction": None, "onXAction": "x", "action": {"type": 5}}
    assert tree_actions(tree) == []


def test_the_face_names_what_there_is() -> None:
    assert all(hasattr(widgets, name) for name in widgets.__all__)


def test_fields_are_the_names_of_controls_and_of_editable_texts() -> None:
    widget = {
        "type": "Card",
        "children": [
            {"type": "Form", "children": [{"type": "Input", "name": "who.first"}]},
            {"type": "Transition", "children": {"type": "Checkbox", "name": "sure"}},
            {"type": "Text", "value": "a", "editable": {"name": "title"}},
            {"type": "Text", "value": "a", "name": "text"},
            {"type": "Icon", "name": "check"},
            {"type": "Button", "onClickAction": {"type": "a", "payload": {"name": "b"}}},
        ],
    }
    assert tree_fields(widget) == {"who", "sure", "title"}
