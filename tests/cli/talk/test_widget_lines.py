"""Widgets as lines."""

from __future__ import annotations

from typing import Any

from chatkit_host.cli.talk.widget_lines import clickables, widget_lines

ROW: dict[str, Any] = {
    "type": "ListViewItem",
    "onClickAction": {"type": "cat.pick", "payload": {"name": "Mia"}},
    "children": [{"type": "Text", "value": "Mia"}, {"type": "Caption", "value": "soft"}],
}
CARD: dict[str, Any] = {
    "type": "Card",
    "children": [
        {"type": "Title", "value": "Names"},
        {"type": "Row", "children": [{"type": "Badge", "label": "new"}]},
        ROW,
        {"type": "Button", "label": "More", "onClickAction": {"type": "cat.more"}},
    ],
    "confirm": {"label": "OK", "action": {"type": "card.ok"}},
    "onSubmitAction": {"type": "form.send"},
}


def test_what_a_person_would_read_is_in_the_lines() -> None:
    assert list(widget_lines(CARD)) == ["Names", "new", "Mia · soft", "More", "OK"]


def test_a_single_child_and_no_child_are_children_too() -> None:
    assert list(widget_lines({"type": "Box", "children": {"type": "Text", "value": "x"}})) == ["x"]
    assert list(widget_lines({"type": "Divider"})) == []


def test_icons_are_seen_but_name_no_button() -> None:
    icon = {"type": "Icon", "name": "star"}
    row = {**ROW, "children": [icon, *ROW["children"]]}
    assert list(widget_lines(row)) == ["[star] · Mia · soft"]
    assert [one.label for one in clickables(row, "wid_1")] == ["Mia"]


def test_what_is_in_something_named_is_indented() -> None:
    node = {"type": "Form", "title": "Who?", "children": [{"type": "Text", "value": "Name"}]}
    assert list(widget_lines(node)) == ["Who?", "  Name"]


def test_every_action_can_be_clicked_and_has_a_name() -> None:
    found = [(one.label, one.action["type"]) for one in clickables(CARD, "wid_1")]
    assert found == [
        ("Mia", "cat.pick"),
        ("More", "cat.more"),
        ("OK", "card.ok"),
        ("Names", "form.send"),
    ]


def test_an_action_nobody_named_goes_by_its_own_name() -> None:
    (found,) = clickables({"type": "Image", "onClickAction": {"type": "go"}}, "wid_1")
    assert (found.label, found.item_id) == ("go", "wid_1")


def test_the_status_of_a_card_is_read_first() -> None:
    text = {"type": "Text", "value": "Refund"}
    card = {"type": "Card", "children": [text], "status": {"text": "Approved", "icon": "check"}}
    assert list(widget_lines(card)) == ["Approved", "Refund"]
