"""What components are called, and which props they have, with which values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path as FilePath
from typing import Any

from chatkit_host.checks.app import Checking
from chatkit_host.config import Path, codes
from chatkit_host.config.problems import nearest

_LOGIC = ("for", "if", "yield")
_ICON_SETS = ("lucide:", "vendor:")
_ICON = "icon"
FILE = FilePath(__file__).with_name("props.json")


@cache
def known() -> dict[str, Any]:
    """Every component with its props, and every icon.

    A file of their own, for the models take longer to import than all the checks; a test compares.
    """
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def misspelt(name: str, names: Iterable[str]) -> str | None:
    """The known name that was surely meant; what is less like it may be something new."""
    plain, known_names = _plain(name), list(names)
    for each in known_names:  # `onclick` and `on_click_action` are onClickAction
        is_start = len(plain) > 4 and _plain(each).startswith(plain)
        if is_start or sorted(plain) == sorted(_plain(each)):
            return each
    return next(iter(get_close_matches(name, known_names, n=1, cutoff=0.8)), None)


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def check_component(checking: Checking, node: Mapping[str, Any], path: Path) -> None:
    """Checks a component's name, its props, and their values where they can be listed.

    What is like nothing of ours may be of a newer client; what is nearly ours is a mistake.
    """
    kind, components = node.get("type"), known()["components"]
    if not isinstance(kind, str):
        return
    if kind in components:
        _check_required(checking, kind, node, path)
        for prop in node.keys() - set(_LOGIC):
            _check_prop(checking, kind, prop, node[prop], path)
    elif hint := nearest(kind, components):
        message = f"there is no component {kind!r}"
        checking.found.add(codes.WIDGET, (*path, "type"), message, hint=hint)


def _check_required(checking: Checking, kind: str, node: Mapping[str, Any], path: Path) -> None:
    """Notes props that a component cannot do without, unless they are but misspelt."""
    strange = [name for name in node if name not in known()["components"][kind]]
    strange = [name for name in strange if name not in _LOGIC]
    for prop in known()["required"].get(kind, ()):
        if prop not in node and not any(misspelt(name, (prop,)) for name in strange):
            cure = f"it does not know {', '.join(strange)}" if strange else None
            checking.found.add(codes.WIDGET, path, f"a {kind} wants {prop!r}", cure=cure)


def check_action_keys(checking: Checking, action: Mapping[str, Any], path: Path) -> None:
    """Notes what is misspelt in an action that a widget sends."""
    keys: Mapping[str, list[str] | None] = known()["action"]
    for key, value in action.items():
        values, where = keys.get(key), (*path, key)
        if key not in keys and (hint := misspelt(key, keys)):
            message = f"an action has no {key!r}"
            checking.found.add(codes.WIDGET, where, message, key=True, hint=hint)
        elif values and isinstance(value, str) and "{" not in value and value not in values:
            message = f"{value!r} is no {key} of an action: {', '.join(values)}"
            _note(checking, value, message, values, where)
    if "type" not in action and not any(misspelt(key, ("type",)) for key in action):
        checking.found.add(codes.WIDGET, path, "an action wants 'type'")


def _check_prop(checking: Checking, kind: str, prop: str, value: Any, path: Path) -> None:
    props, where = known()["components"][kind], (*path, prop)
    if prop in props:
        _check_value(checking, kind, prop, value, where)
    elif hint := misspelt(prop, props):
        message = f"a {kind} has no {prop!r}"
        checking.found.add(codes.WIDGET, where, message, key=True, hint=hint)


def _check_value(checking: Checking, kind: str, prop: str, value: Any, path: Path) -> None:
    values = known()["components"][kind][prop]
    if values is None or not isinstance(value, str) or "{{" in value or "{%" in value:
        return
    if values == _ICON and not value.startswith(_ICON_SETS):
        _note(checking, value, f"there is no icon {value!r}", known()["icons"], path)
    elif values != _ICON and value not in values:
        message = f"{value!r} is no {prop} of a {kind}: {', '.join(values)}"
        _note(checking, value, message, values, path)


def _note(checking: Checking, value: str, message: str, values: list[str], path: Path) -> None:
    if value in values:
        return
    hint = misspelt(value, values)
    severity: Any = "error" if hint else "warning"
    cure = None if hint or values is not known()["icons"] else "write lucide:NAME for one of Lucide"
    checking.found.add(codes.WIDGET, path, message, hint=hint, cure=cure, severity=severity)
