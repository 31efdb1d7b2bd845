"""What a widget's JSON offers: its actions, and the fields whose values come with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

CONTROLS = frozenset({"Input", "Textarea", "Select", "RadioGroup", "Checkbox", "DatePicker"})


def tree_actions(widget: dict[str, Any]) -> list[dict[str, Any]]:
    """Every action config that a widget's JSON offers: the very dicts in it, in their order."""
    return list(_offered(widget))


def tree_fields(widget: dict[str, Any]) -> set[str]:
    """The keys that the values of a widget's controls have in a payload; `a.b` is in `a`."""
    return {name.split(".")[0] for name in _names(widget) if isinstance(name, str)}


def _names(node: Any) -> Iterator[Any]:
    # Components alone: a `name` in a payload or in a chart's row may be a user's word.
    if isinstance(node, list):
        for child in node:
            yield from _names(child)
    elif isinstance(node, dict):
        if node.get("type") in CONTROLS:
            yield node.get("name")
        elif node.get("type") == "Text" and isinstance(node.get("editable"), dict):
            yield node["editable"].get("name")
        yield from _names(node.get("children"))


def _offered(node: Any) -> Iterator[dict[str, Any]]:
    # Only where a client looks for them: a payload, an option or a chart's row is data, and an
    # action that stands in there is nothing that the widget's author offered.
    if isinstance(node, list):
        for child in node:
            yield from _offered(child)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name == "children":
                yield from _offered(value)
            elif name in ("confirm", "cancel") and isinstance(value, dict):
                yield from _action(value.get("action"))
            elif name == "action" or name.endswith("Action"):
                yield from _action(value)


def _action(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and isinstance(value.get("type"), str):
        yield value
