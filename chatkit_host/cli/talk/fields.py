"""The fields of a widget, filled in beside a click: `/click 2 title=Water the fern`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

Json = dict[str, Any]

_STARTS = {
    "Input": "defaultValue",
    "Textarea": "defaultValue",
    "Select": "defaultValue",
    "RadioGroup": "defaultValue",
    "DatePicker": "defaultValue",
    "Checkbox": "defaultChecked",
}
"""What a control begins with, by its kind."""

_WRITTEN = ("Input", "Textarea", "Text")
"""Those that send an empty text when nothing is in them."""

_NO = ("", "0", "no", "off", "false")


@dataclass(frozen=True, slots=True)
class Field:
    """A control that has a name; `value` is what it would send, and None is nothing."""

    name: str
    kind: str
    value: Any

    def filled(self, text: str) -> Field:
        """The same with what a person wrote."""
        if self.kind == "Checkbox":
            return replace(self, value=text.casefold() not in _NO)
        return replace(self, value=_number(text) if self.kind == "number" else text)

    def turned(self) -> Field:
        """The same after a click: a box is ticked, or not any more."""
        return replace(self, value=not self.value) if self.kind == "Checkbox" else self


def field_of(node: Json) -> Field | None:
    """The field that a component is, if it is one that can be filled in."""
    kind = str(node.get("type"))
    editable = node.get("editable")
    if kind == "Text" and isinstance(editable, dict):
        return Field(str(editable.get("name")), kind, node.get("value") or "")
    name = node.get("name")
    if kind not in _STARTS or not isinstance(name, str) or node.get("disabled"):
        return None
    value = node.get(_STARTS[kind])
    if kind == "Checkbox":
        return Field(name, kind, bool(value))
    if node.get("inputType") == "number":
        return Field(name, "number", _number(value or ""))
    return Field(name, kind, "" if value is None and kind in _WRITTEN else value)


def fields_in(node: Any) -> Iterator[Field]:
    """The fields of a form, but not of a form inside it."""
    if isinstance(node, list):
        for part in node:
            yield from fields_in(part)
    elif isinstance(node, dict) and node.get("type") != "Form":
        if (own := field_of(node)) is not None:
            yield own
        yield from fields_in(node.get("children"))


def fill(fields: Sequence[Field], text: str) -> list[Field] | None:
    """The fields with what was written; None if that names none of them.

    `name=value` for each, in any order; where there is one field, its value alone will do.
    """
    if not text:
        return list(fields)
    names = "|".join(re.escape(field.name) for field in fields)
    start, *parts = re.split(rf"(?:^|\s)({names})=", text) if names else [text]
    if start.strip() or not parts:
        return [fields[0].filled(text)] if len(fields) == 1 else None
    given = dict(zip(parts[::2], (part.strip() for part in parts[1::2]), strict=True))
    return [each.filled(given[each.name]) if each.name in given else each for each in fields]


def with_values(payload: Any, fields: Sequence[Field]) -> Any:
    """A payload with the fields' values; `a.b` is `b` in `a`. What the payload has stays."""
    if not fields or not (payload is None or isinstance(payload, Mapping)):
        return payload
    filled: Json = dict(payload or {})
    for field in fields:
        if field.value is not None:
            _put(filled, field.name.split("."), field.value)
    return filled


def _put(into: Json, path: Sequence[str], value: Any) -> None:
    first, *rest = path
    if not rest:
        into.setdefault(first, value)
    elif isinstance(inner := into.get(first, {}), dict):
        into[first] = dict(inner)
        _put(into[first], rest, value)


def _number(text: Any) -> float | int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() else number
