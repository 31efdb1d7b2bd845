"""The peer's server, and the context that its requests carry."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from chatkit import types
from chatkit.server import ChatKitServer
from chatkit.types import ThreadMetadata, ThreadStreamEvent, UserMessageItem

from bench.replies import Replies


@dataclass
class PeerContext:
    """Who asks."""

    user_id: str


class PeerServer(ChatKitServer[PeerContext]):
    """Gives the bench's answers."""

    _replies = Replies(types, datetime.now)  # naive, as in its documentation

    def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: PeerContext,
    ) -> AsyncIterator[ThreadStreamEvent]:
        item_id = self.store.generate_item_id("message", thread, context)
        return self._replies.reply(item_id, thread.id, input_user_message)
