"""Actions that nothing sends: a warning, for somebody may mean to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from chatkit_host.checks.app import Checking
from chatkit_host.checks.widget_trees import actions_of
from chatkit_host.config import StepsAction, TreeWidget, codes
from chatkit_host.config.approval import APPROVAL_ACTION

_OPEN_TYPE = re.compile(r'"type"\s*:\s*"?\s*\{')
"""A type in a file that is known only when it is rendered."""


def check_unsent(checking: Checking) -> None:
    """Warns of actions that no widget of the file offers, where no others could."""
    config = checking.config
    is_read = not checking.loaded.lost and not checking.found.has_under(("widgets",))
    if config.plugins or not is_read:
        return  # what Python makes, or what cannot be read, may send anything
    sent = _Sent(checking)
    for name, action in config.actions.items():
        is_of_page = isinstance(action, StepsAction) and action.from_ == "page"
        is_steps = isinstance(action, StepsAction) and name != APPROVAL_ACTION
        if is_of_page or not is_steps or sent.has(name):
            continue
        message = f"no widget sends the action {name!r}"
        cure = "offer it in a widget, or write `from: page` if the page sends it"
        path = ("actions", name)
        checking.found.add(codes.ACTION, path, message, key=True, cure=cure, severity="warning")


class _Sent:
    """What the widgets of a file send."""

    def __init__(self, checking: Checking) -> None:
        self._types: set[str] = set()
        self._texts: list[str] = [*checking.widget_texts]
        self._is_open = any(_OPEN_TYPE.search(text) for text in self._texts)
        for widget in checking.config.widgets.values():
            if isinstance(widget, TreeWidget):
                self._take(widget.template)

    def _take(self, tree: Any) -> None:
        self._types |= {str(action.get("type")) for _, action in actions_of(tree, ())}
        self._is_open |= any("{" in each for each in self._types) or any(_templates(tree))

    def has(self, name: str) -> bool:
        """Whether an action is sent, or may be."""
        return self._is_open or name in self._types or any(name in text for text in self._texts)


def _templates(node: Any) -> Iterator[bool]:
    """Whether there are actions, or components, that are known only when they are rendered."""
    if isinstance(node, list):
        for each in node:
            yield from _templates(each)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name == "children" or name == "action" or name.endswith("Action"):
                yield isinstance(value, str)
            yield from _templates(value)
