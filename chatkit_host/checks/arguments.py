"""Whether the keys of a map fit what is declared: arguments of a call, data of a widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chatkit_host.checks.app import Checking
from chatkit_host.checks.literals import misfit
from chatkit_host.config import Path, codes
from chatkit_host.config.problems import nearest

_LOGIC = ("for", "if", "yield")


def check_arguments(
    checking: Checking, given: Any, schema: Mapping[str, Any] | None, path: Path, noun: str
) -> None:
    """Notes keys that the schema of an object does not have, keys that it wants, wrong values."""
    if schema is None or not isinstance(given, dict) or any(key in given for key in _LOGIC):
        return
    properties: Mapping[str, Any] = schema.get("properties", {})
    if schema.get("additionalProperties") is False:
        for name in given:
            if name not in properties:
                _note_unknown(checking, name, properties, (*path, name), noun)
    for name in given.keys() & properties.keys():
        if wrong := misfit(given[name], properties[name]):
            message = f"{noun} wants {name!r} to be {wrong}"
            checking.found.add(codes.ARGUMENTS, (*path, name), message)
    meant = {nearest(name, properties) for name in given if name not in properties}
    for name in schema.get("required", ()):
        if name not in given and name not in meant:
            message = f"{noun} wants {name!r}"
            checking.found.add(codes.ARGUMENTS, path, message)


def _note_unknown(
    checking: Checking, name: str, known: Mapping[str, Any], path: Path, noun: str
) -> None:
    hint = nearest(name, known)
    listed = ", ".join(known) or "nothing"
    cure = None if hint else f"it takes {listed}"
    message = f"{noun} does not take {name!r}"
    checking.found.add(codes.ARGUMENTS, path, message, key=True, hint=hint, cure=cure)
