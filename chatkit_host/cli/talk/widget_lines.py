"""A widget as lines of text, and what can be clicked in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chatkit_host.cli.talk.fields import Field, field_of, fields_in, with_values

Json = dict[str, Any]

SPOKEN = ("title", "text", "value", "label", "alt", "placeholder", "copy_text")
"""Props that a person would read, in the order in which they would."""

IN_A_ROW = ("Row", "ListViewItem", "Table.Row")
"""What stands side by side stands in one line."""
BETWEEN = " · "


Fields = tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Clickable:
    """An action that a widget offers, what is written on it, and the fields that go along."""

    label: str
    action: Json
    item_id: str
    fields: Fields = ()

    @property
    def asked(self) -> list[str]:
        """The names of the fields that a click by itself does not fill."""
        alone = len(self.fields) == 1 and self.fields[0].kind == "Checkbox"
        return [] if alone else [field.name for field in self.fields]

    def sent(self, fields: list[Field]) -> Json:
        """The action as a page would send it."""
        return {
            "type": self.action["type"],
            "payload": with_values(self.action.get("payload"), fields),
        }


def widget_lines(node: Any, depth: int = 0) -> Iterator[str]:
    """The text of a component and of those in it, indented as they are nested."""
    if isinstance(node, list):
        for part in node:
            yield from widget_lines(part, depth)
    elif isinstance(node, dict):
        text = seen(node)
        inside = [line for part in parts(node) for line in widget_lines(part)]
        if node.get("type") in IN_A_ROW:
            inside = [BETWEEN.join(line.strip() for line in inside)] if inside else []
        if text:
            yield "  " * depth + text
        yield from ("  " * (depth + bool(text)) + line for line in inside)


def parts(node: Json) -> Iterator[Any]:
    """What a component holds, actions left out; its status stands above all else."""
    for key, part in sorted(node.items(), key=lambda prop: prop[0] != "status"):
        if not is_action(key, part) and isinstance(part, (dict, list)):
            yield part


def seen(node: Json) -> str:
    """What a component says, whether it is ticked, and what stands in it."""
    if node.get("type") in ("Input", "Textarea") and node.get("defaultValue"):
        return str(node["defaultValue"])
    if node.get("type") != "Checkbox":
        return spoken(node)
    return f"[{'x' if node.get('defaultChecked') else ' '}] {spoken(node)}".strip()


def spoken(node: Json) -> str:
    """What a component says by itself."""
    if node.get("type") == "Icon":
        return f"[{node.get('name')}]"
    words = [node[prop] for prop in SPOKEN if isinstance(node.get(prop), (str, int, float))]
    return BETWEEN.join(str(word).strip() for word in words if str(word).strip())


def clickables(node: Any, item_id: str, form: Fields | None = None) -> Iterator[Clickable]:
    """Every action in a component tree; `form` are the fields of the form that it is in."""
    if isinstance(node, list):
        for part in node:
            yield from clickables(part, item_id, form)
    if not isinstance(node, dict):
        return
    if node.get("type") == "Form" or node.get("asForm"):
        form = tuple(fields_in(node.get("children")))
    for key, part in node.items():
        if is_action(key, part):
            yield Clickable(_label(node, part), part, item_id, _sent_along(node, form))
        else:
            yield from clickables(part, item_id, () if key == "cancel" else form)


def _sent_along(node: Json, form: Fields | None) -> Fields:
    """The fields of the form, or else the control itself; what is clicked has changed."""
    own = field_of(node)
    fields = form if form is not None else (own,) if own else ()
    return tuple(each.turned() if own and each.name == own.name else each for each in fields)


def is_action(key: str, part: Any) -> bool:
    """Whether a prop holds an action."""
    named = key == "action" or key.endswith("Action")
    return named and isinstance(part, dict) and isinstance(part.get("type"), str)


def _label(node: Json, action: Json) -> str:
    """What is written on it, or else the first text inside, or else the action's own name."""
    submit = next(_submits(node), None) if node.get("type") == "Form" else None
    icon = node.get("iconStart") or node.get("iconEnd")
    return next(_texts(submit or node), None) or str(icon or action["type"])


def _submits(node: Any) -> Iterator[Json]:
    """The buttons that send a form."""
    if isinstance(node, list):
        for part in node:
            yield from _submits(part)
    elif isinstance(node, dict):
        if node.get("type") == "Button" and node.get("submit") and node.get("label"):
            yield node
        yield from _submits(node.get("children"))


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
