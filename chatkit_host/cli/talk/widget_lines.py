"""A widget as lines of text, and what can be clicked in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

SPOKEN = ("title", "text", "value", "label", "alt", "placeholder", "copy_text")
"""Props that a person would read, in the order in which they would."""

IN_A_ROW = ("Row", "ListViewItem", "Table.Row")
"""What stands side by side stands in one line."""
BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Clickable:
    """An action that a widget offers, and what is written on it."""

    label: str
    action: Json
    item_id: str


def widget_lines(node: Any, depth: int = 0) -> Iterator[str]:
    """The text of a component and of those in it, indented as they are nested."""
    if isinstance(node, list):
        for part in node:
            yield from widget_lines(part, depth)
    elif isinstance(node, dict):
        text = spoken(node)
        inside = [line for part in parts(node) for line in widget_lines(part)]
        if node.get("type") in IN_A_ROW:
            inside = [BETWEEN.join(line.strip() for line in inside)] if inside else []
        if text:
            yield "  " * depth + text
        yield from ("  " * (depth + bool(text)) + line for line in inside)


def parts(node: Json) -> Iterator[Any]:
    """What a component holds, actions left out."""
    for key, part in node.items():
        if not is_action(key, part) and isinstance(part, (dict, list)):
            yield part


def spoken(node: Json) -> str:
    """What a component says by itself."""
    if node.get("type") == "Icon":
        return f"[{node.get('name')}]"
    words = [node[prop] for prop in SPOKEN if isinstance(node.get(prop), (str, int, float))]
    return BETWEEN.join(str(word).strip() for word in words if str(word).strip())


def clickables(node: Any, item_id: str) -> Iterator[Clickable]:
    """Every action in a component tree."""
    if isinstance(node, list):
        for part in node:
            yield from clickables(part, item_id)
    if not isinstance(node, dict):
        return
    for key, part in node.items():
        if is_action(key, part):
            yield Clickable(_label(node, part), part, item_id)
        else:
            yield from clickables(part, item_id)


def is_action(key: str, part: Any) -> bool:
    """Whether a prop holds an action."""
    named = key == "action" or key.endswith("Action")
    return named and isinstance(part, dict) and isinstance(part.get("type"), str)


def _label(node: Json, action: Json) -> str:
    """What is written on it, or else the first text inside, or else the action's own name."""
    return next(_texts(node), None) or str(action["type"])


def _texts(node: Any) -> Iterator[str]:
    """Each text by itself, icons left out."""
    if isinstance(node, list):
        for part in node:
            yield from _texts(part)
    elif isinstance(node, dict):
        if node.get("type") != "Icon" and (text := spoken(node)):
            yield text
        for part in parts(node):
            yield from _texts(part)
