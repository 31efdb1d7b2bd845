"""JSON as it is written down, and no more: numbers are finite.

Python reads NaN, Infinity and 1e999 as well. NaN is not below any minimum nor above any maximum, so
no schema refuses it; and no browser reads an answer that has it.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

# What can come to no finite number. A large exponent or very many digits may still be fine.
_SUSPECT = re.compile(rb"NaN|Infinity|[eE]\+?\d{3}|\d{150}")


def read_json(text: str | bytes | bytearray) -> Any:
    """The value that a text holds; ValueError if it is not JSON."""
    try:
        return json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def has_odd_number(text: str | bytes | bytearray) -> bool:
    """Whether a text that pydantic takes for JSON has a number in it that JSON does not know."""
    given = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if not _SUSPECT.search(given):
        return False
    try:
        read_json(given)
    except ValueError:
        return True
    return False


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number
