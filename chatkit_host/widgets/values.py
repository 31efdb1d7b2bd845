"""Values in a rendered widget: opaque marks at first, JSON in the end.

A template is text that is to become JSON. Were a value's own text put into it, a quote in the
value would end the string around it, and what follows would be taken for components. So while the
template is rendered each value leaves a mark, and when all of the author's text stands, each mark
is filled with its value as JSON: where the mark is inside a string, with characters of that string.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import date, time
from json import dumps
from json.encoder import encode_basestring
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup
from pydantic_core import PydanticSerializationError, to_json

from chatkit_host.templates.plain import iso

_NONCE = secrets.randbelow(10**12)
_MARK = re.compile(f"\ue000{_NONCE}:([0-9]+)\ue001")
_ESCAPED = re.compile(r"\\.", re.DOTALL)


class JsonText(str):
    """What `tojson` gives: text that is JSON already."""

    __slots__ = ()


class Absent(Undefined):
    """A field that the schema calls optional and the data lacks: nothing, as in JavaScript."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key: Any) -> Any:
        return self

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, Absent)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = Undefined.__hash__


def mark(value: Any, values: list[Any]) -> Markup:
    """The mark for `value`, which joins `values`."""
    if isinstance(value, Undefined):
        str(value)  # raises for a name that nobody knows
    values.append(value)
    return Markup(f"\ue000{_NONCE}:{len(values) - 1}\ue001")  # noqa: S704 - digits only


def filled(text: str, values: list[Any]) -> bytes:
    """The rendered text with every mark's value in its place, in UTF-8."""
    pieces = _MARK.split(text)
    out = [pieces[0]]
    inside = _toggles(pieces[0])
    for index, following in zip(pieces[1::2], pieces[2::2], strict=True):
        value = values[int(index)]
        out.append(_characters(value) if inside else _standing(value, out, following))
        out.append(following)
        inside ^= _toggles(following)
    return "".join(out).encode("utf-8", "replace")


def as_json(value: Any) -> str:
    """A value as JSON; nothing that JSON cannot say gets through: NaN is null, a date is text."""
    if isinstance(value, str):
        return encode_basestring(value)
    try:
        return to_json(value, inf_nan_mode="null", fallback=_plain).decode()
    except (PydanticSerializationError, UnicodeError):
        return dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Absent):
        return None
    if isinstance(value, Undefined):
        return str(value)  # raises, with the name
    if isinstance(value, Iterable):
        return list(value)
    raise TypeError(f"a {type(value).__name__} cannot stand in a widget")


def _characters(value: Any) -> str:
    """Inside a string: what printing the value gives, and JSON of what has no print."""
    return encode_basestring(_printed(value))[1:-1]


def _printed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list | tuple):
        return as_json(value)
    return iso(value) if isinstance(value, date | time) else str(value)


def _standing(value: Any, before: list[str], following: str) -> str:
    """Outside of strings: the value itself."""
    if isinstance(value, JsonText):
        return value
    # `{{ sep }}` between elements: there, no JSON has room for a string.
    separates = isinstance(value, str) and value.strip() in ("", ",")
    if separates and not _is_place_of_value(before, following):
        return str(value)
    return as_json(value)


def _is_place_of_value(before: list[str], following: str) -> bool:
    previous = next((text.rstrip()[-1] for text in reversed(before) if text.strip()), "[")
    after = following.lstrip()[:1] or "]"
    return previous in "[{:," and after in ",]}:"


def _toggles(piece: str) -> bool:
    """Whether a string begins in this piece of the author's text that does not end in it."""
    if "\\" in piece:
        piece = _ESCAPED.sub("", piece)
    return piece.count('"') % 2 == 1
