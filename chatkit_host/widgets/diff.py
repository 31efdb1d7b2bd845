"""How a widget that is on show becomes the next one."""

from __future__ import annotations

from collections.abc import Iterator
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
    try:
        deltas = list(_deltas(before, after))
    except _OtherwiseDifferent:
        return [WidgetRootUpdated(widget=after)]
    # Two nodes of one id: a client could not tell whose text goes on.
    if len({delta.component_id for delta in deltas}) < len(deltas):
        return [WidgetRootUpdated(widget=after)]
    return [*deltas]


def _deltas(
    before: WidgetComponentBase, after: WidgetComponentBase
) -> Iterator[WidgetStreamingTextValueDelta]:
    old, new = _props(before), _props(after)
    growth = _growth(old, new)
    if growth is not None:
        yield growth
    for name in {**old, **new}:
        if growth is None or name != "value":
            yield from _value_deltas(old.get(name), new.get(name))


def _value_deltas(old: Any, new: Any) -> Iterator[WidgetStreamingTextValueDelta]:
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for old_entry, new_entry in zip(old, new, strict=True):
            yield from _value_deltas(old_entry, new_entry)
    elif isinstance(old, WidgetComponentBase) and isinstance(new, WidgetComponentBase):
        yield from _deltas(old, new)
    elif old != new:
        raise _OtherwiseDifferent


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
