"""Our server with the bench's answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from bench.replies import Replies
from chatkit_host import clock, types
from chatkit_host.server import ChatKitServer
from chatkit_host.store import Store
from chatkit_host.types import StreamEvent, TextDelta, ThreadMetadata, UserMessageItem


class OurServer(ChatKitServer[Any]):
    """Gives the bench's answers: in public events, or with deltas in the host's light form.

    Args:
        store: where threads are kept.
        light: whether text deltas are `TextDelta`, as they are in a compiled bot.
    """

    def __init__(self, store: Store[Any], *, light: bool = False) -> None:
        super().__init__(store)
        self._replies = Replies(types, clock.now, light_delta if light else None)

    def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: Any,
    ) -> AsyncIterator[StreamEvent]:
        item_id = self.store.generate_item_id("message", thread, context)
        return self._replies.reply(item_id, thread.id, input_user_message)


def light_delta(item_id: str, text: str) -> TextDelta:
    """A text delta that costs a tenth of a model."""
    return TextDelta(item_id, 0, text)
