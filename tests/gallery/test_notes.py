"""What is odd about a tree that can be shown."""

from __future__ import annotations

from typing import Any

from chatkit_host.gallery.notes import notes


def told(tree: Any) -> list[str]:
    return [f"{'.'.join(map(str, each.path))}: {each.message}" for each in notes(tree)]


def card(*children: Any, **props: Any) -> dict[str, Any]:
    return {"type": "Card", "children": list(children), **props}


def test_a_good_tree_has_nothing_odd() -> None:
    assert told(card({"type": "Text", "value": "x", "color": None})) == []


def test_components_and_props_that_nobody_knows_are_told_with_the_nearest() -> None:
    assert told(card({"type": "Buton"}, {"type": "Text", "value": "x", "colour": "red"})) == [
        "children.0.type: there is no component 'Buton'; did you mean 'Button'?",
        "children.1.colour: Text: there is no prop 'colour'; did you mean 'color'?",
    ]


def test_a_value_that_a_prop_does_not_take_is_told_with_what_it_takes() -> None:
    assert told(card({"type": "Caption", "value": "x", "size": "xl"}, {"type": "Badge"})) == [
        """children.0.size: Caption: size is 'xl', and may be "sm" | "md" | "lg\"""",
        "children.1.label: Badge: label is missing: string",
    ]


def test_a_transition_s_only_child_is_looked_at() -> None:
    tree = card({"type": "Transition", "children": {"type": "Txt"}})
    assert [note.path for note in notes(tree)] == [("children", 0, "children", "type")]


def test_the_empty_children_of_exports_are_nothing_odd() -> None:
    assert told(card({"type": "Text", "value": "x", "children": []})) == []
    assert told({"type": "Card"}) == []


def test_there_is_an_end_to_it() -> None:
    assert len(notes(card(*({"type": "Nothing"} for _ in range(500))))) == 50
