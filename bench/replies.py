"""The answers that both sides give: the same code, each with its own public types."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

WORD = " token"
SHORT = "short"
DELTAS = "deltas"
PACED = "paced"

DeltaOf = Callable[[str, str], Any]
"""(item id, text) → the event of a text delta."""


class Replies:
    """Answers what the user's message asks for: `deltas 2000`, `paced 400` or `short`.

    Args:
        types: the side's `types` module.
        now: the time, as the side takes it.
        delta: builds the event of a text delta; the public model, if not given.
    """

    def __init__(
        self, types: Any, now: Callable[[], datetime], delta: DeltaOf | None = None
    ) -> None:
        self._types = types
        self._now = now
        self._delta = delta or self._public_delta

    async def reply(self, item_id: str, thread_id: str, message: Any) -> AsyncIterator[Any]:
        """The item begins, grows by so many deltas, and is done."""
        kind, _, number = message.content[0].text.partition(" ")
        count = int(number or 3)
        yield self._types.ThreadItemAddedEvent(item=self._item(item_id, thread_id, ""))
        for _ in range(count):
            yield self._delta(item_id, WORD)
            if kind == PACED:
                await asyncio.sleep(0)  # a token comes by itself, and wakes the server for itself
        whole = self._item(item_id, thread_id, WORD * count)
        yield self._types.ThreadItemDoneEvent(item=whole)

    def _item(self, item_id: str, thread_id: str, text: str) -> Any:
        return self._types.AssistantMessageItem(
            id=item_id,
            thread_id=thread_id,
            created_at=self._now(),
            content=[self._types.AssistantMessageContent(text=text)],
        )

    def _public_delta(self, item_id: str, text: str) -> Any:
        types = self._types
        update = types.AssistantMessageContentPartTextDelta(content_index=0, delta=text)
        return types.ThreadItemUpdatedEvent(item_id=item_id, update=update)
