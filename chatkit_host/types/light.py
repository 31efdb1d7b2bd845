"""Text deltas in a light form: they are nine events in ten, and a model costs ten times as much."""

from __future__ import annotations

from typing import ClassVar, Literal

from chatkit_host.types.events import ThreadItemUpdatedEvent, ThreadStreamEvent
from chatkit_host.types.updates import AssistantMessageContentPartTextDelta


class TextDelta:
    """The text of an assistant message's part goes on with `delta`.

    It may stand wherever an event flows inside the host; `to_event()` gives the public model.
    """

    __slots__ = ("content_index", "delta", "item_id")

    type: ClassVar[Literal["thread.item.updated"]] = "thread.item.updated"

    def __init__(self, item_id: str, content_index: int, delta: str) -> None:
        self.item_id = item_id
        self.content_index = content_index
        self.delta = delta

    def to_event(self) -> ThreadItemUpdatedEvent:
        """The public model of the same event."""
        update = AssistantMessageContentPartTextDelta(
            content_index=self.content_index, delta=self.delta
        )
        return ThreadItemUpdatedEvent(item_id=self.item_id, update=update)

    def __repr__(self) -> str:
        return f"TextDelta({self.item_id!r}, {self.content_index!r}, {self.delta!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TextDelta):
            return NotImplemented
        return self._fields() == other._fields()

    def __hash__(self) -> int:
        return hash(self._fields())

    def _fields(self) -> tuple[str, int, str]:
        return self.item_id, self.content_index, self.delta


StreamEvent = ThreadStreamEvent | TextDelta
"""Any event as it flows inside the host."""
