"""What is odd about a widget that can be shown: components and props that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from chatkit_host.components import WidgetComponentBase
from chatkit_host.config.problems import nearest
from chatkit_host.gallery.catalogue import components
from chatkit_host.gallery.shapes import Shapes
from chatkit_host.widgets import DataProblem

MOST = 50
_SHOWN = 60


def notes(tree: dict[str, Any]) -> list[DataProblem]:
    """Each with its path in the tree; clients pass over what they do not know, and say nothing."""
    found: list[DataProblem] = []
    for note in _walk(tree, ()):
        found.append(note)
        if len(found) == MOST:
            break
    return found


def _walk(node: Any, path: tuple[str | int, ...]) -> Iterator[DataProblem]:
    if isinstance(node, list):
        for number, child in enumerate(node):
            yield from _walk(child, (*path, number))
    elif isinstance(node, dict):
        yield from _of_node(node, path)
        yield from _walk(node.get("children"), (*path, "children"))


def _of_node(node: dict[str, Any], path: tuple[str | int, ...]) -> Iterator[DataProblem]:
    kind = node.get("type")
    model = components().get(kind) if isinstance(kind, str) else None
    if model is None:
        yield DataProblem((*path, "type"), _unknown("component", str(kind), components()))
        return
    given = {name: value for name, value in node.items() if value is not None}
    if not given.get("children"):  # exports of ChatKit Studio have it on every component
        given.pop("children", None)
    for name in given.keys() - model.model_fields.keys():
        told = f"{kind}: " + _unknown("prop", name, model.model_fields)
        yield DataProblem((*path, name), told)
    for name, message in _wrong(model, given).items():
        yield DataProblem((*path, name), f"{kind}: {message}")


def _wrong(model: type[WidgetComponentBase], given: dict[str, Any]) -> dict[str, str]:
    """By prop, what is wrong with its value; what it holds is looked at by itself."""
    try:
        model.model_validate({**given, "children": None})
    except ValidationError as fault:
        errors = fault.errors(include_input=False, include_url=False, include_context=False)
        names = [str(each["loc"][0]) for each in errors if each["loc"]]
        told = Shapes()
        return {
            name: _told(name, told.told(model.model_fields[name].annotation), given)
            for name in names
            if name in model.model_fields and name != "children"
        }
    return {}


def _told(name: str, wanted: str, given: dict[str, Any]) -> str:
    if name not in given:
        return f"{name} is missing: {wanted}"
    value = repr(given[name])
    return f"{name} is {value[:_SHOWN]}, and may be {wanted}"


def _unknown(noun: str, name: str, known: Any) -> str:
    hint = nearest(name, known)
    return f"there is no {noun} {name!r}" + (f"; did you mean {hint!r}?" if hint else "")
