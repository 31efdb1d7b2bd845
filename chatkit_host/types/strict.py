"""JSON as it is written down, and no more: numbers are finite, and texts are Unicode.

Python reads NaN, Infinity and 1e999 as well. NaN is not below any minimum nor above any maximum, so
no schema refuses it; and no browser reads an answer that has it. It also reads half a surrogate
pair (`"\\ud800"`), which nothing can send or store.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

# What can come to no finite number. A large exponent or very many digits may still be fine.
_SUSPECT = re.compile(rb"NaN|Infinity|[eE]\+?\d{3}|\d{150}")
# What can come to half a surrogate pair: halves as they are, and escapes, which may be whole pairs.
_HALVES = re.compile(r"[\ud800-\udfff]|\\u[dD][89a-fA-F]")


def read_json(text: str | bytes | bytearray) -> Any:
    """The value that a text holds; ValueError if it is not JSON."""
    if not isinstance(text, str):
        text = text.decode(json.detect_encoding(text))
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
        if _HALVES.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except UnicodeEncodeError as error:
        raise ValueError("a text has half a surrogate pair in it") from error
    return value


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
