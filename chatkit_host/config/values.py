"""The types of single values: templates, durations, sizes, rates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BeforeValidator, PlainValidator, WithJsonSchema

from chatkit_host.config.kinds import problem
from chatkit_host.icons import IconName


class Mark(Enum):
    """How a field is read at run time; it stands in the field's annotation."""

    TEXT = "text"
    EXPRESSION = "expression"
    VALUE = "value"
    LOOP = "loop"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many in so many seconds."""

    count: int
    seconds: float


ICONS: tuple[str, ...] = get_args(get_args(IconName)[0])
"""ChatKit's own icons."""

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_SIZES = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9}
_BINARY_SIZES = {"KIB": 2**10, "MIB": 2**20, "GIB": 2**30}
_PERIODS = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0}


def _duration(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?", given.strip())
    if not match:
        raise problem("duration", f"{given!r} is not a duration", cure="write 500ms, 10s, 5m or 1h")
    return float(match[1]) * _UNITS[match[2] or "s"]


def _size(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([A-Za-z]*)", given.strip())
    unit = ({**_SIZES, **_BINARY_SIZES}).get(match[2].upper()) if match else None
    if not match or unit is None:
        raise problem("size", f"{given!r} is not a size", cure="write 500KB, 1MB or 1GB")
    return int(float(match[1]) * unit)


def _rate(given: Any) -> Any:
    if isinstance(given, Rate):
        return given
    match = re.fullmatch(r"(\d+)\s*/\s*(second|minute|hour|day)", str(given).strip())
    if not match or not int(match[1]):
        cure = "write a number and a period: 30/minute"
        raise problem("rate", f"{given!r} is not a rate", cure=cure)
    return Rate(int(match[1]), _PERIODS[match[2]])


def _icon(given: Any) -> Any:
    if not isinstance(given, str) or given.startswith(("vendor:", "lucide:")) or given in ICONS:
        return given
    hint = next(iter(get_close_matches(given, ICONS, n=1)), None)
    cure = None if hint else "write one of ChatKit's, lucide:NAME, or vendor:NAME"
    raise problem("icon", f"there is no icon {given!r}", hint=hint, cure=cure)


def _expression(given: Any) -> Any:
    return str(given).lower() if isinstance(given, bool) else given


Template = Annotated[str, Mark.TEXT]
"""Text with `{{ … }}` in it; renders to text."""

LongText = Annotated[
    str,
    Mark.TEXT,
    WithJsonSchema({"anyOf": [{"type": "string"}, {"x-is": "FileReference"}]}),
]
"""A template that may stand in a file of its own."""

Expression = Annotated[
    str,
    BeforeValidator(_expression),
    Mark.EXPRESSION,
    WithJsonSchema({"type": ["string", "boolean"]}),
]
"""A bare Jinja expression."""


Loop = Annotated[str, Mark.LOOP]
"""`name in list`."""


def _url(given: str) -> str:
    if not given or re.fullmatch(r"https?://[^\s/]+\S*", given):
        return given
    raise problem("url", f"{given!r} is no address", cure="write http://… or https://…")


Url = Annotated[str, AfterValidator(_url)]
"""An address of the web."""


def _map_or_template(given: Any) -> Any:
    if isinstance(given, dict) or (isinstance(given, str) and "{{" in given):
        return given
    raise problem("data_map", "a map is wanted here, or a {{ template }} that gives one")


DataTemplate = Annotated[
    dict[str, Any] | str,
    PlainValidator(_map_or_template),
    Mark.VALUE,
    WithJsonSchema({"anyOf": [{"type": "object"}, {"type": "string", "pattern": r"\{\{"}]}),
]
"""A map with templates in its leaves, or one template that gives a map."""

Value = Annotated[Any, Mark.VALUE]
"""Any tree with templates in its leaves; a lone `{{ … }}` gives the value itself."""

Icon = Annotated[IconName, BeforeValidator(_icon)]
"""The name of an icon."""

Duration = Annotated[
    float,
    BeforeValidator(_duration),
    WithJsonSchema({"type": ["string", "number"], "pattern": r"^\d+(\.\d+)?\s*(ms|s|m|h|d)?$"}),
]
"""Seconds; written as `10s`, `500ms` or a number."""

Size = Annotated[
    int,
    BeforeValidator(_size),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d+(\.\d+)?\s*[A-Za-z]*$"}),
]
"""Bytes; written as `1MB` or a number."""

PerTime = Annotated[
    Rate,
    BeforeValidator(_rate),
    WithJsonSchema({"type": "string", "pattern": r"^\d+\s*/\s*(second|minute|hour|day)$"}),
]
"""A rate; written as `30/minute`."""
