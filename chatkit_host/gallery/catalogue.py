"""Every component, with its props and its samples."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

import chatkit_host.components as room
from chatkit_host.components import WidgetComponentBase
from chatkit_host.gallery.samples import SAMPLES
from chatkit_host.gallery.shapes import Shapes, text_of

ROOTS = ("Card", "ListView", "Basic")


@cache
def components() -> dict[str, type[WidgetComponentBase]]:
    """The models of components, by the names that widgets have for them."""
    models = [getattr(room, name) for name in room.__all__]
    found: dict[str, type[WidgetComponentBase]] = {}
    for model in models:
        if isinstance(model, type) and issubclass(model, WidgetComponentBase):
            names = get_args(model.model_fields["type"].annotation)
            if len(names) == 1:  # what may be of any type is no component
                found[names[0]] = model
    return dict(sorted(found.items()))


@cache
def catalogue() -> dict[str, Any]:
    """Components and the types that their props name, as JSON."""
    shapes = Shapes()
    listed = [
        {
            "name": name,
            "text": text_of(model),
            "isRoot": name in ROOTS,
            "props": [prop.as_json() for prop in shapes.props(model)],
            "samples": [{"name": each.name, "tree": each.tree} for each in SAMPLES[name]],
        }
        for name, model in components().items()
    ]
    return {"components": listed, "types": _types(shapes)}


def _types(shapes: Shapes) -> list[dict[str, Any]]:
    """The types that are named, and those that these name."""
    told: dict[str, dict[str, Any]] = {}
    while waiting := [each for name, each in shapes.named.items() if name not in told]:
        for owner in waiting:
            props = [prop.as_json() for prop in shapes.props(owner)]
            told[owner.__name__] = {
                "name": owner.__name__,
                "text": text_of(owner),
                "props": props,
            }
    return [told[name] for name in sorted(told)]
