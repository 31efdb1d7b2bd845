"""How a widget that is on show becomes the next one."""

from __future__ import annotations

from typing import Any

from chatkit_host.components import WidgetComponentBase, WidgetRoot
from chatkit_host.types import (
    WidgetComponentUpdated,
    WidgetRootUpdated,
    WidgetStreamingTextValueDelta,
)

WidgetUpdate = WidgetStreamingTextValueDelta | WidgetRootUpdated | WidgetComponentUpdated
"""An update of a widget item."""

_STREAMING_TEXT = ("Markdown", "Text")


class _OtherwiseDifferent(Exception):  # noqa: N818 - a finding, not an error
    """More has changed than text that went on."""


def diff_widget(before: WidgetRoot, after: WidgetRoot) -> list[WidgetUpdate]:
    """The updates that turn `before` into `after`; none if they are equal.

    Text that goes on in a Text or Markdown with an id gives a delta for each; anything else that
    changes gives the whole widget anew.
    """
    found = _Comparison()
    try:
        found.nodes(before, after)
    except _OtherwiseDifferent:
        return [WidgetRootUpdated(widget=after)]
    if found.is_ambiguous:
        return [WidgetRootUpdated(widget=after)]
    return [*found.deltas]


class _Comparison:
    """Goes through two widgets side by side, and notes whose text goes on."""

    def __init__(self) -> None:
        self.deltas: list[WidgetStreamingTextValueDelta] = []
        self._ids: list[str] = []

    @property
    def is_ambiguous(self) -> bool:
        """Whether a client that looks for the id of a delta could find another node."""
        return any(self._ids.count(delta.component_id) > 1 for delta in self.deltas)

    def nodes(self, before: WidgetComponentBase, after: WidgetComponentBase) -> None:
        old, new = _props(before), _props(after)
        if new.get("id"):
            self._ids.append(new["id"])
        growth = _growth(old, new)
        if growth is not None:
            self.deltas.append(growth)
        for name in {**old, **new}:
            if growth is None or name != "value":
                self.values(old.get(name), new.get(name))

    def values(self, old: Any, new: Any) -> None:
        if type(old) is str or type(new) is str:
            same = old == new
        elif isinstance(old, WidgetComponentBase) and isinstance(new, WidgetComponentBase):
            return self.nodes(old, new)
        elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
            for old_entry, new_entry in zip(old, new, strict=True):
                self.values(old_entry, new_entry)
            return None
        else:
            # Python's True is its 1, and JSON's is not.
            same = old == new and isinstance(old, bool) == isinstance(new, bool)
        if not same:
            raise _OtherwiseDifferent
        return None


def _growth(old: dict[str, Any], new: dict[str, Any]) -> WidgetStreamingTextValueDelta | None:
    """The delta of a node whose text has become longer, if a client can be told so by its id."""
    had, has = old.get("value"), new.get("value")
    if old.get("type") not in _STREAMING_TEXT or new.get("type") not in _STREAMING_TEXT:
        return None
    if not (isinstance(had, str) and isinstance(has, str)) or not new.get("id"):
        return None
    if had == has or not has.startswith(had):
        return None
    return WidgetStreamingTextValueDelta(
        component_id=new["id"], delta=has[len(had) :], done=not new.get("streaming")
    )


def _props(node: WidgetComponentBase) -> dict[str, Any]:
    return {**node.__dict__, **(node.__pydantic_extra__ or {})}
