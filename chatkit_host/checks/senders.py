"""Which widgets send an action, and so what is known of `sender.data` and of `update_widget`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chatkit_host.checks.app import Checking
from chatkit_host.checks.arguments import check_arguments
from chatkit_host.checks.shapes import Shape, shape_of_schema
from chatkit_host.checks.widget_trees import actions_of
from chatkit_host.config import Path, StepsAction, TreeWidget
from chatkit_host.config.widgets import Widget

# In an export the quotes are escaped.
_TYPE_OF_TEMPLATE = re.compile(r'\\?"type\\?"\s*:\s*(\\?")?\{[{%]')


def shape_of_sender(checking: Checking, action: str) -> dict[str, Shape]:
    """What a template sees in `sender`."""
    return {"name": None, "data": _data_of(checking, action), "id": None}


def check_update(checking: Checking, action: str, given: Any, path: Path) -> None:
    """Notes data that none of the widgets takes which may be shown again."""
    senders = _possible_senders(checking, action)
    if len(senders) == 1:
        [(name, widget)] = senders.items()
        closed = {**(widget.data or {}), "required": ()} if widget.data else None
        check_arguments(checking, given, closed, path, f"the widget {name!r}")
    elif senders:
        taken = [shape_of_schema(each.data) for each in senders.values()]
        known: dict[str, Any] = {key: {} for keys in taken if keys is not None for key in keys}
        closed = None if None in taken else {"properties": known, "additionalProperties": False}
        check_arguments(checking, given, closed, path, f"a widget that sends {action!r}")


def _possible_senders(checking: Checking, action: str) -> Mapping[str, Widget]:
    """All widgets that may offer an action, by name; none where Python may make others."""
    if checking.config.plugins:
        return {}
    widgets = checking.config.widgets.items()
    return {name: each for name, each in widgets if _may_send(checking, each, action)}


def _may_send(checking: Checking, widget: Widget, action: str) -> bool:
    if isinstance(widget, TreeWidget):
        return any(action == each or "{" in each for each in _types(widget.template))
    try:
        text = (checking.loaded.base_dir / widget.file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return True  # which is told where the widget is checked
    return action in text or _TYPE_OF_TEMPLATE.search(text) is not None


def _data_of(checking: Checking, action: str) -> Shape:
    """All that the senders are shown with; None if that is not known."""
    senders = _senders(checking, action)
    shapes = [shape_of_schema(each.data) for each in senders.values()] if senders else []
    merged: dict[str, Shape] = {}
    for shape in shapes:
        if shape is None:
            return None
        # What several widgets have under one name need not be the same in all of them.
        merged |= {key: None if key in merged else value for key, value in shape.items()}
    return merged or None


def _senders(checking: Checking, action: str) -> Mapping[str, Widget] | None:
    """The widgets that offer an action, by name; None where others may do so as well."""
    declared = checking.config.actions.get(action)
    if not isinstance(declared, StepsAction) or declared.from_ == "page":
        return None  # sent without a widget, or by nobody that we know
    found: dict[str, Widget] = {}
    for name, widget in checking.config.widgets.items():
        if not isinstance(widget, TreeWidget) or checking.config.plugins:
            return None  # what is in a file, or made in Python, may send anything
        types = set(_types(widget.template))
        if any("{" in each for each in types):
            return None
        if action in types:
            found[name] = widget
    return found


def _types(template: Any) -> Iterator[str]:
    for _, action in actions_of(template, ()):
        yield str(action.get("type", ""))
