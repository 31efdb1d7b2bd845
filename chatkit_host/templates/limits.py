"""Caps, so that a few characters of a template cannot ask for a gigabyte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sized
from typing import Any

from jinja2.exceptions import SecurityError

from chatkit_host.templates.errors import RenderError

LONGEST_TEXT = 1_000_000
LONGEST_LIST = 100_000
WIDEST = 9_999
_LARGEST_POWER_BITS = 4_096
_WIDE = re.compile(r"\d{5,}|\*")
_NESTED = re.compile(r"\{[^}]*\{")
_FIELD = re.compile(r"\{([^{}]*)\}")
_PERCENT = re.compile(r"[%)]([-+ #0-9.]*)")  # a field may have a name, which ends in a bracket
_NUMBER = re.compile(r"[0-9]+")
_PADDING = ("ljust", "rjust", "center", "zfill", "expandtabs")


def check_length(length: int, *, of_list: bool = False) -> None:
    """Refuses a text or list that would be too long."""
    if length > (LONGEST_LIST if of_list else LONGEST_TEXT):
        raise SecurityError("this would be too long")


class Rounds:
    """How often the loops of one value may go round, all together: loops in loops multiply."""

    def __init__(self) -> None:
        self._left = LONGEST_LIST

    def take(self, count: int) -> None:
        """Go round that many times more; refuses what is too often."""
        self._left -= count
        if self._left < 0:
            raise RenderError(f"more than {LONGEST_LIST} rounds of `for` in one value")


def joined(parts: Iterable[str]) -> str:
    """The parts as one text; refuses to make too long a one."""
    kept, length = [], 0
    for part in parts:
        length += len(part)
        check_length(length)
        kept.append(part)
    return "".join(kept)


def check_operator(operator: str, left: Any, right: Any) -> None:
    """Refuses an operation whose result would be too large."""
    if operator == "*":
        _check_product(left, right)
        _check_product(right, left)
    elif operator == "+":
        _check_sum(left, right)
    elif operator == "**":
        _check_power(left, right)
    elif operator == "%" and isinstance(left, str):
        check_format(left, _values(right))


def _check_product(thing: Any, times: Any) -> None:
    if isinstance(thing, (str, list, tuple)) and isinstance(times, int):
        check_length(len(thing) * max(times, 0), of_list=not isinstance(thing, str))


def _check_sum(left: Any, right: Any) -> None:
    if isinstance(left, (str, list, tuple)) and isinstance(right, Sized):
        check_length(len(left) + len(right), of_list=not isinstance(left, str))


def _check_power(base: Any, exponent: Any) -> None:
    both_whole = isinstance(base, int) and isinstance(exponent, int)
    if both_whole and base.bit_length() * max(exponent, 0) > _LARGEST_POWER_BITS:
        raise SecurityError("this number would be too large")


def check_call(text: str, method: str, args: tuple[Any, ...]) -> None:
    """Refuses a call of a text's method whose result would be too long."""
    if method in _PADDING:
        check_widths(args)
    elif method in ("format", "format_map"):
        if _NESTED.search(text):
            raise SecurityError("this format is too wide")
        fields = _FIELD.findall(text)
        _check_fields(text, fields, len(fields), _values(args))
    elif method == "replace" and len(args) > 1:
        check_replace(text, str(args[0]), str(args[1]))
    elif method == "join" and args and isinstance(args[0], Sized):
        check_length(len(text) * len(args[0]))


def check_replace(text: str, old: str, new: str) -> None:
    """Refuses a replacement that would grow a text too far."""
    times = text.count(old) if old else len(text) + 1
    check_length(len(text) + times * len(new))


def check_widths(args: Iterable[Any]) -> None:
    """Refuses numbers that are too large for a width or a count."""
    if any(isinstance(each, int) and abs(each) > WIDEST for each in args):
        raise SecurityError(f"a width of more than {WIDEST} is too wide")


def check_format(text: str, values: Iterable[Any] = ()) -> None:
    """Refuses a %-format whose result would be too long."""
    signs = text.replace("%%", "")
    _check_fields(text, _PERCENT.findall(signs), signs.count("%"), values)


def _check_fields(text: str, widths: list[str], fields: int, values: Iterable[Any]) -> None:
    """Each field may be as wide as it says, and as long as the longest of the values."""
    if _WIDE.search(text):
        raise SecurityError("this format is too wide")
    width = sum(int(number) for each in widths for number in _NUMBER.findall(each))
    longest = max((len(str(value)) for value in values), default=0) if fields > 1 else 0
    check_length(len(text) + width + longest * fields)


def _values(given: Any) -> list[Any]:
    """What is put into a format: one value, several, or a map of them."""
    if isinstance(given, Mapping):
        return list(given.values())
    return list(given) if isinstance(given, tuple) else [given]
