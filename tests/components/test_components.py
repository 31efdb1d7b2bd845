"""Components: what goes in comes out, less every None."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import (
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    computed_field,
    field_serializer,
)

from chatkit_host import components
from chatkit_host.actions import ActionConfig
from chatkit_host.components import (
    BasicRoot,
    Button,
    Card,
    Col,
    DynamicWidgetComponent,
    DynamicWidgetRoot,
    Table,
    TableCell,
    TableRow,
    Text,
    Transition,
    WidgetComponentBase,
    WidgetRoot,
)

ROOT: TypeAdapter[Any] = TypeAdapter(WidgetRoot)
CARD = Card(children=[Text(value="a")])


def test_none_is_dropped_at_every_depth() -> None:
    card = Card(
        size=None,
        children=[
            Col(children=[Text(value="a", id=None)]),
            Button(onClickAction=ActionConfig(type="go", payload={"a": None, "b": [None, 1]})),
        ],
    )
    config = {"handler": "server", "loadingBehavior": "auto", "streaming": True}
    assert card.model_dump() == {
        "type": "Card",
        "children": [
            {"type": "Col", "children": [{"type": "Text", "value": "a"}]},
            {"type": "Button", "onClickAction": {"type": "go", "payload": {"b": [1]}, **config}},
        ],
    }


@pytest.mark.parametrize(
    "dumped",
    [
        CARD.model_dump(exclude_none=True),
        CARD.model_dump(exclude_defaults=True),
        CARD.model_dump(exclude_unset=True),
    ],
)
def test_the_type_is_always_there(dumped: dict[str, Any]) -> None:
    assert dumped == {"type": "Card", "children": [{"type": "Text", "value": "a"}]}


def test_children_that_are_none_stay_unless_none_is_left_out() -> None:
    assert Transition(children=None).model_dump() == {"type": "Transition", "children": None}
    assert Transition(children=None).model_dump(exclude_none=True) == {"type": "Transition"}
    root = DynamicWidgetRoot.model_validate({"type": "Card"})
    assert root.model_dump() == {"type": "Card", "children": None}


NEW_PROPS = {
    "type": "Card",
    "glow": {"size": 2, "off": None},
    "confirm": {"label": "Go", "tone": "soft", "action": {"type": "go", "later": 1}},
    "children": [
        {
            "type": "Text",
            "value": "a",
            "shadow": "deep",
            "color": {"dark": "a", "light": "b", "hc": "c"},
        },
        {"type": "Hologram", "angle": 3, "children": [{"type": "Text", "value": "b"}]},
    ],
}


def test_unknown_props_and_components_pass_through() -> None:
    dumped = ROOT.validate_python(NEW_PROPS).model_dump(exclude_none=True)
    action = dumped["confirm"].pop("action")
    assert action["type"] == "go"
    assert action["later"] == 1
    assert dumped == {
        **NEW_PROPS,
        "glow": {"size": 2},
        "confirm": {"label": "Go", "tone": "soft"},
    }


def test_a_root_that_fits_no_model_is_taken_as_it_is() -> None:
    odd = {"type": "Card", "size": "gigantic", "children": [{"type": "Text", "value": "a"}]}
    root = ROOT.validate_python(odd)
    assert isinstance(root, DynamicWidgetRoot)
    assert root.model_dump(exclude_none=True) == odd


def test_a_root_must_be_a_root() -> None:
    with pytest.raises(ValidationError):
        ROOT.validate_python({"type": "Text", "value": "a"})


def test_known_and_dynamic_components_give_the_same_json() -> None:
    tree = {"type": "Card", "size": "sm", "children": [{"type": "Row", "gap": 2, "children": []}]}
    assert isinstance(ROOT.validate_python(tree), Card)
    for root in (ROOT, Card, DynamicWidgetRoot):
        validate = root.validate_python if isinstance(root, TypeAdapter) else root.model_validate
        assert validate(tree).model_dump(exclude_none=True) == tree


def test_a_dynamic_component_may_have_a_single_child() -> None:
    tree = {"type": "Basic", "children": {"type": "Text", "value": "a"}}
    assert BasicRoot.model_validate(tree).model_dump(exclude_none=True) == tree


def test_tables_are_known() -> None:
    cell = TableCell(children=[Text(value="a")], colSpan=2, vAlign="center")
    table = Table(children=[TableRow(header=True, children=[cell])])
    tree: dict[str, Any] = {"type": "Card", "children": [table.model_dump()]}
    card = ROOT.validate_python(tree)
    assert isinstance(card.children[0], Table)
    assert card.model_dump(exclude_none=True) == tree
    assert [each["type"] for each in tree["children"][0]["children"][0]["children"]] == [
        "Table.Cell"
    ]


def test_a_basic_root_lays_out() -> None:
    root = BasicRoot(direction="row", gap=2, padding={"x": 4}, theme="dark", align="center")
    assert json.loads(root.model_dump_json(exclude_none=True)) == {
        "type": "Basic",
        "direction": "row",
        "gap": 2,
        "padding": {"x": 4},
        "theme": "dark",
        "align": "center",
    }


def test_a_component_of_ones_own_is_dumped_its_own_way() -> None:
    class Own(WidgetComponentBase):
        model_config = ConfigDict(populate_by_name=True)
        type: str = "Own"
        words: list[str] = Field(serialization_alias="w")
        extra_none: str | None = None

        @field_serializer("words")
        def _joined(self, words: list[str]) -> str:
            return " ".join(words)

        @computed_field  # type: ignore[prop-decorator]
        @property
        def count(self) -> int:
            return len(self.words)

    dumped = {"type": "Own", "w": "a b", "count": 2}
    assert Own(words=["a", "b"]).model_dump() == dumped
    holder = DynamicWidgetComponent.model_validate({"type": "X", "held": Own(words=["a", "b"])})
    assert holder.model_dump(exclude_none=True) == {"type": "X", "held": dumped}


def test_a_part_of_a_component_can_be_dumped() -> None:
    assert Text(value="a", size="sm").model_dump(include={"size"}) == {"size": "sm", "type": "Text"}
    assert Text(value="a", size="sm").model_dump(exclude={"size"}) == {"value": "a", "type": "Text"}


def test_the_face_names_what_there_is() -> None:
    assert all(hasattr(components, name) for name in components.__all__)
