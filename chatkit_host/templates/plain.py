"""Plain data: what templates see and what they give. Nothing else goes in or out."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from jinja2.runtime import Undefined


def to_plain(value: Any) -> Any:
    """The same value as JSON's types: generators become lists, times become ISO text.

    Raises TypeError for anything that is not data, and jinja2's error for what is undefined.
    """
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Undefined):
        str(value)  # a strict undefined raises here, with its own words
    if isinstance(value, (datetime, date, time)):
        return iso(value)
    if isinstance(value, Mapping):
        return {str(key): to_plain(each) for key, each in value.items()}
    if isinstance(value, Iterable):
        return [to_plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} is not data")


def iso(moment: datetime | date | time) -> str:
    """A moment as ISO 8601 text, with Z for UTC."""
    return moment.isoformat().removesuffix("+00:00") + (
        "Z" if moment.isoformat().endswith("+00:00") else ""
    )


def to_json(value: Any, indent: int | None = None) -> str:
    """Plain JSON, with nothing escaped for HTML; NaN and infinities, which it lacks, are null."""
    plain = to_plain(value)
    try:
        return json.dumps(plain, ensure_ascii=False, indent=indent, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(plain), ensure_ascii=False, indent=indent)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
