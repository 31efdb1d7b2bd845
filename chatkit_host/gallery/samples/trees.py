"""Short words for the trees of samples."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Tree = dict[str, Any]

PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAADAAAAAgAgMAAAApuhOPAAAADFBMVEW+3vD6zVpGeF"
    "otWkFFhOOBAAAAnklEQVR42qXPLY4CURBF4a+LeUkH1QI/L6hJYAkI9KhOmAW9TYxHs4oOi5hFoPAIEPTfCBRX1c"
    "mpqlTxTn6IoU7VfgJmptG8MP/g6vrC3O4dqOdmPe88lcnU8gR5HArKuDIsUQbI2D73h4JDZ40IJDvlSHyhsTirWf"
    "xSffP5V226wApaWVDtIalFL2ijRC9IcvgYrm+XTvcxl0jTY6sHjWsdiRkRqFIAAAAASUVORK5CYII="
)
"""Hills and a sun: a picture that needs no address."""


def node(kind: str, *children: Tree, **props: Any) -> Tree:
    """A component, with its children if there are any."""
    return {"type": kind, **({"children": list(children)} if children else {}), **props}


def text(value: str, **props: Any) -> Tree:
    """A `Text`."""
    return node("Text", value=value, **props)


def caption(value: str, **props: Any) -> Tree:
    """A `Caption`."""
    return node("Caption", value=value, **props)


def row(*children: Tree, **props: Any) -> Tree:
    """A `Row`."""
    return node("Row", *children, **props)


def col(*children: Tree, **props: Any) -> Tree:
    """A `Col`."""
    return node("Col", *children, **props)


def card(*children: Tree, **props: Any) -> Tree:
    """A `Card`."""
    return node("Card", *children, **props)


def each(kind: str, prop: str, values: Iterable[Any], **props: Any) -> list[Tree]:
    """The same component with one value of a prop after the other, which is what it shows, too."""
    shown = {"Text": "value", "Title": "value", "Caption": "value", "Icon": "", "Box": ""}
    label = shown.get(kind, "label")
    return [
        node(kind, **({label: str(value)} if label else {}), **{prop: value}, **props)
        for value in values
    ]
