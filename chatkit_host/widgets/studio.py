"""Mends in a rendered tree what exports of ChatKit Studio get wrong, and reads what they keep."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

_MAY_NEED_MENDING = re.compile(rb'"Chart"|"value":\s*-?[0-9]')
_TEXTS = ("Text", "Title", "Caption", "Markdown")


def may_need_mending(text: bytes) -> bool:
    """Whether it is worth looking through the tree of this JSON."""
    return _MAY_NEED_MENDING.search(text) is not None


def mend(node: Any) -> None:
    """Unwraps the series of charts, and makes text of numbers that stand where text is shown."""
    if isinstance(node, list):
        for entry in node:
            mend(entry)
    elif isinstance(node, dict):
        kind = node.get("type")
        if kind == "Chart" and isinstance(node.get("series"), list):
            node["series"] = [_unwrapped(series) for series in node["series"]]
        # JSX's `${index + 1}` comes out as the bare sum.
        if kind in _TEXTS and type(node.get("value")) in (int, float):
            node["value"] = str(node["value"])
        mend(node.get("children"))


def _unwrapped(series: Any) -> Any:
    """The series inside `{"type": "Text", "value": {…}}`."""
    if not isinstance(series, dict) or series.get("type") != "Text":
        return series
    wrapped = series.get("value")
    return wrapped if isinstance(wrapped, dict) else series


def default_state(encoded: Any) -> dict[str, Any] | None:
    """The sample data in an export's `encodedWidget`; None if there is none to be read."""
    if not isinstance(encoded, str):
        return None
    try:
        padded = encoded + "=" * (-len(encoded) % 4)
        state = json.loads(base64.urlsafe_b64decode(padded)).get("defaultState")
    except (ValueError, AttributeError):
        return None
    return state if isinstance(state, dict) else None
