"""What users mention with an @ → what a model reads of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from chatkit_host.agents.converter import ThreadItemConverter
from chatkit_host.types import UserMessageTagContent

if TYPE_CHECKING:
    from openai.types.responses import ResponseInputContentParam

Mention = Callable[[UserMessageTagContent], str | None]
"""What is said of a mention; none for all that the page knows of it."""


class Mentions(ThreadItemConverter):
    """Turns mentions into model input as their kinds have it.

    Args:
        mention: what is said of one.
    """

    def __init__(self, mention: Mention) -> None:
        self._mention = mention

    async def tag_to_message_content(self, tag: UserMessageTagContent) -> ResponseInputContentParam:
        text = self._mention(tag)
        if text is None:
            return await super().tag_to_message_content(tag)
        return {"type": "input_text", "text": text}
