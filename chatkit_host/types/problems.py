"""Tells a client what is wrong with its request, without repeating what is in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, from_json

_SHOWN = 5
_TYPE_NAME = re.compile(r"[\w.-]{1,64}", re.ASCII)


def told(error: ValidationError, body: str | bytes | bytearray) -> str:
    """The first few problems of `body`, each with its place, joined by semicolons."""
    problems = error.errors(include_url=False, include_input=False)
    if problems[0]["type"] == "json_invalid":
        return _not_json(problems[0], body)
    if not problems[0]["loc"] and problems[0]["type"] == "string_unicode":
        return "the body is not JSON: it is not UTF-8"
    data = from_json(body)
    if not isinstance(data, dict):
        return f"the body must be a JSON object, not {_kind(data)}"
    texts = list(dict.fromkeys(_told_one(problem, data) for problem in problems))
    more = len(texts) - _SHOWN
    return "; ".join(texts[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def _not_json(problem: ErrorDetails, body: str | bytes | bytearray) -> str:
    if not body.strip():
        return "the body is empty; it must be a JSON object with a type"
    reason = str(problem.get("ctx", {}).get("error", "")).replace("EOF", "end of text")
    return f"the body is not JSON: {reason}"


def _told_one(problem: ErrorDetails, data: dict[str, Any]) -> str:
    path, found = _place(problem["loc"], data)
    context = problem.get("ctx", {})
    if problem["type"] == "union_tag_not_found":
        return f"{_dotted((*path, 'type'))}: is missing"
    if problem["type"] == "union_tag_invalid":
        return f"{_dotted((*path, 'type'))}: {_unknown_type(context)}"
    if not found:
        return f"{_dotted(path)}: is missing"
    return f"{_dotted(path)}: {problem['msg'].replace('Input should', 'should', 1)}"


def _place(loc: tuple[int | str, ...], data: Any) -> tuple[tuple[int | str, ...], bool]:
    """The path in the data, and whether there is something at its end.

    Pydantic puts the names of union members between the true steps: those lead nowhere.
    """
    path: list[int | str] = []
    for step in loc:
        if _leads_on(step, data):
            data = data[step]
            path.append(step)
    last = loc[-1] if loc else None
    missing = isinstance(data, dict) and isinstance(last, str) and path[-1:] != [last]
    return ((*path, last), False) if missing and last is not None else (tuple(path), True)


def _leads_on(step: int | str, data: Any) -> bool:
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def _dotted(path: tuple[int | str, ...]) -> str:
    return ".".join(str(step) for step in path) or "the body"


def _unknown_type(context: Mapping[str, Any]) -> str:
    given = str(context.get("tag", ""))
    known = re.findall(r"'([^']+)'", str(context.get("expected_tags", "")))
    near = get_close_matches(given, known, n=1, cutoff=0.6)
    name = f" {given!r}" if _TYPE_NAME.fullmatch(given) else ""
    hint = f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(known)}"
    return f"unknown type{name}; {hint}"


def _kind(data: Any) -> str:
    if data is None:
        return "null"
    names: dict[type, str] = {list: "an array", str: "a text", bool: "true or false"}
    return names.get(type(data), "a number")
