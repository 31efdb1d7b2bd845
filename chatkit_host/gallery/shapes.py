"""The types of props in words, as their models have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from inspect import getdoc
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin

from pydantic import BaseModel
from typing_extensions import get_type_hints, is_typeddict

from chatkit_host.components import DynamicWidgetComponent, WidgetComponent, WidgetComponentBase
from chatkit_host.icons import IconName

PLAIN = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    datetime: "date",
    dict: "map",
    NoneType: "",
}
ANY = (WidgetComponentBase, DynamicWidgetComponent)
"""What is said of any component says nothing of one."""
LAST = ("key", "id")
"""What every component has comes after what makes it what it is."""


@dataclass(frozen=True, slots=True)
class Prop:
    """A prop: its name, its type in words, and whether it has to be there."""

    name: str
    type: str
    required: bool

    def as_json(self) -> dict[str, Any]:
        """The prop for machines."""
        return asdict(self)


class Shapes:
    """Tells the props of classes, and remembers the classes that their types name."""

    def __init__(self) -> None:
        self.named: dict[str, type] = {}

    def props(self, owner: type) -> list[Prop]:
        """The props of a component, or of a type that one of its props has."""
        found = [
            Prop(name, self.told(kind), required) for name, kind, required in _fields_of(owner)
        ]
        return sorted(found, key=lambda prop: prop.name in LAST)

    def told(self, kind: Any) -> str:
        """A type in words."""
        if kind == WidgetComponent:
            return "component"
        origin = get_origin(kind)
        if origin in (Annotated, NotRequired):
            return self.told(get_args(kind)[0])
        if origin is Literal:
            return " | ".join(_quoted(value) for value in get_args(kind))
        if origin in (Union, UnionType):
            return self._alternatives(get_args(kind))
        if origin is list:
            inner = self.told(get_args(kind)[0])
            return f"({inner})[]" if " | " in inner else f"{inner}[]"
        return self._named(origin or kind)

    def _alternatives(self, kinds: tuple[Any, ...]) -> str:
        icons = get_args(IconName)
        told = ["icon" if kind in icons else self.told(kind) for kind in kinds]
        return " | ".join(dict.fromkeys(each for each in told if each))

    def _named(self, kind: Any) -> str:
        if kind in PLAIN:
            return PLAIN[kind]
        if not isinstance(kind, type):
            return "anything"
        if issubclass(kind, WidgetComponentBase):
            names = get_args(kind.model_fields["type"].annotation)
            return str(names[0]) if names else "component"
        if is_typeddict(kind) or issubclass(kind, BaseModel):
            self.named[kind.__name__] = kind
            return kind.__name__
        return "anything"


def text_of(owner: type) -> str:
    """What a class and those that it takes its props from say of themselves."""
    bases = [base for base in owner.__mro__ if base.__module__.startswith("chatkit_host.")]
    told = [getdoc(base) for base in bases if base not in ANY]
    return "\n\n".join(dict.fromkeys(each for each in told if each))


def _fields_of(owner: type) -> Iterator[tuple[str, Any, bool]]:
    if issubclass(owner, BaseModel):
        owner.model_rebuild()
        for name, field in owner.model_fields.items():
            is_mark = name == "type" and issubclass(owner, WidgetComponentBase)
            if not is_mark:
                yield name, field.annotation, field.is_required()
        return
    hints: dict[str, Any] = get_type_hints(owner, include_extras=True)
    for name, kind in hints.items():
        yield name, kind, get_origin(kind) is not NotRequired


def _quoted(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()
