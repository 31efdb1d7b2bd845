"""Fields of a widget, filled in beside a click."""

from __future__ import annotations

from typing import Any

import pytest

from chatkit_host.cli.talk.fields import Field, fields_in, fill, with_values
from chatkit_host.cli.talk.widget_lines import clickables, widget_lines

ADD: dict[str, Any] = {
    "type": "Form",
    "onSubmitAction": {"type": "todo.add", "payload": {"list": "home"}},
    "children": [
        {"type": "Input", "name": "title", "placeholder": "What is to be done?"},
        {"type": "Row", "children": [{"type": "Button", "submit": True, "label": "Add"}]},
    ],
}
BOX: dict[str, Any] = {
    "type": "Checkbox",
    "name": "done",
    "label": "Water the fern",
    "onChangeAction": {"type": "todo.toggle", "payload": {"id": "1"}},
}


def sent(node: dict[str, Any], words: str = "") -> Any:
    """What a click sends, if the words fit."""
    (found,) = clickables(node, "wid_1")
    fields = fill(found.fields, words)
    return None if fields is None else found.sent(fields)["payload"]


def test_a_form_goes_by_the_button_that_sends_it_and_tells_its_fields() -> None:
    (found,) = clickables(ADD, "wid_1")
    assert (found.label, found.asked) == ("Add", ["title"])


@pytest.mark.parametrize("words", ["Water the fern", "title=Water the fern"])
def test_one_field_may_be_filled_without_its_name(words: str) -> None:
    assert sent(ADD, words) == {"list": "home", "title": "Water the fern"}


def test_fields_that_are_not_filled_go_as_they_stand() -> None:
    assert sent(ADD) == {"list": "home", "title": ""}


def test_a_click_on_a_box_turns_it_and_says_so_in_the_lines() -> None:
    assert sent(BOX) == {"id": "1", "done": True}
    assert sent({**BOX, "defaultChecked": True}) == {"id": "1", "done": False}
    assert list(widget_lines({**BOX, "defaultChecked": True})) == ["[x] Water the fern"]
    (found,) = clickables(BOX, "wid_1")
    assert (found.label, found.asked) == ("Water the fern", [])


def test_what_stands_in_a_field_is_in_the_lines() -> None:
    assert list(widget_lines(ADD)) == ["What is to be done?", "Add"]
    field = {"type": "Input", "name": "title", "placeholder": "What?", "defaultValue": "Mop"}
    assert list(widget_lines(field)) == ["Mop"]


def test_each_kind_of_field_sends_what_it_holds() -> None:
    fields = fields_in(
        [
            {"type": "Text", "value": "Old", "editable": {"name": "title"}},
            {"type": "Input", "name": "count", "inputType": "number", "defaultValue": "2"},
            {"type": "Select", "name": "day", "options": []},
            {"type": "Checkbox", "name": "gift"},
            {"type": "Textarea", "name": "note", "disabled": True},
            {"type": "Icon", "name": "star"},
            {"type": "Form", "children": [{"type": "Input", "name": "another"}]},
        ]
    )
    assert with_values(None, list(fields)) == {"title": "Old", "count": 2, "gift": False}


def test_several_fields_are_filled_by_name_in_any_order() -> None:
    fields = [Field("a", "Input", ""), Field("b.c", "number", None), Field("d", "Checkbox", True)]
    filled = fill(fields, "d=no b.c=3 a=one two")
    assert filled is not None
    assert with_values({"b": {"id": 1}}, filled) == {
        "a": "one two",
        "b": {"id": 1, "c": 3},
        "d": False,
    }
    assert fill(fields, "one two") is None
    assert fill(fields, "x=1") is None


def test_what_an_action_carries_itself_stays() -> None:
    assert with_values({"title": "mine"}, [Field("title", "Input", "x")]) == {"title": "mine"}
    assert with_values({"title": "mine"}, [Field("title.sub", "Input", "x")]) == {"title": "mine"}
    assert with_values("text", [Field("title", "Input", "x")]) == "text"


def test_what_leaves_a_card_takes_nothing_along() -> None:
    card = {
        "type": "Card",
        "asForm": True,
        "children": [{"type": "Input", "name": "title"}],
        "confirm": {"label": "Save", "action": {"type": "save"}},
        "cancel": {"label": "Leave", "action": {"type": "leave"}},
    }
    save, leave = clickables(card, "wid_1")
    assert ([f.name for f in save.fields], leave.fields) == (["title"], ())
