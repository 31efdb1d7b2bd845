"""Files that people attach → what a model reads; what it cannot read, it is told of."""

from __future__ import annotations

import base64
from asyncio import to_thread
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from chatkit_host.agents import wording
from chatkit_host.agents.mentioned import Mention, Mentions
from chatkit_host.errors import NotFoundError, UnavailableError
from chatkit_host.store.uploads import id_in, size_of
from chatkit_host.store.uploads.content import decoded, is_textual
from chatkit_host.store.uploads.pictures import SHOWN, model_picture
from chatkit_host.types import Attachment, GeneratedImageItem, ThreadItem, UserMessageItem

if TYPE_CHECKING:
    from agents import TResponseInputItem
    from openai.types.responses import ResponseInputContentParam

    from chatkit_host.agents.converter import ModelInput

LoadBytes = Callable[[str], Awaitable[bytes]]
"""The bytes of an attachment, by its id; NotFoundError where there are none."""

MOST_TEXT = 100_000
"""Characters of one file of text; the rest is cut off, and the model told so."""

MOST_BYTES = 20_000_000
"""Of all files that go with one question, the newest first; APIs refuse much more than this."""

MOST_FILES = 20

AUDIO_FORMATS = {"audio/wav": "wav", "audio/mpeg": "mp3"}
"""What Chat Completions calls the two kinds of sound that it takes."""


class AttachedFiles(Mentions):
    """Gives a model the files of users' messages, and the pictures that were made.

    Args:
        mention: what is said of a mention.
        load: gives bytes.
        reads: what the model takes besides text: `images`, `pdf`, `audio`.
        max_pixels: of a picture that is decoded.
    """

    def __init__(
        self, mention: Mention, load: LoadBytes, reads: Iterable[str], max_pixels: int
    ) -> None:
        super().__init__(mention)
        self._load = load
        self._reads = frozenset(reads)
        self._max_pixels = max_pixels
        self._left_out: frozenset[str] = frozenset()

    async def to_agent_input(
        self, thread_items: Sequence[ThreadItem] | ThreadItem
    ) -> list[TResponseInputItem]:
        items = thread_items if isinstance(thread_items, Sequence) else [thread_items]
        self._left_out = _beyond_budget(items)
        return await super().to_agent_input(thread_items)

    async def attachment_to_message_content(
        self, attachment: Attachment
    ) -> ResponseInputContentParam:
        part: Any = await self._part(attachment)
        content: ResponseInputContentParam = part
        return content

    async def generated_image_to_input(self, item: GeneratedImageItem) -> ModelInput:
        image_id = None if item.image is None else id_in(item.image.url)
        if item.image is None or image_id is None:
            return await super().generated_image_to_input(item)
        try:
            data = await self._load(image_id)
            if "images" not in self._reads:
                raise NotFoundError
            url = await to_thread(self._picture_url, data)
        except (NotFoundError, ValueError):
            return await super().generated_image_to_input(item.model_copy(update={"image": None}))
        shown = item.image.model_copy(update={"url": url})
        return await super().generated_image_to_input(item.model_copy(update={"image": shown}))

    async def _part(self, attachment: Attachment) -> dict[str, Any]:
        if attachment.id in self._left_out:
            return _text(wording.file_left_out(attachment.name, attachment.mime_type))
        kind = self._kind(attachment.mime_type)
        if kind is None:
            return _text(wording.file_unreadable(attachment.name, attachment.mime_type))
        try:
            data = await self._load(attachment.id)
            return await to_thread(self._build, kind, attachment, data)
        except NotFoundError:
            return _text(wording.file_gone(attachment.name))
        except UnavailableError:
            raise
        except ValueError:
            return _text(wording.file_unreadable(attachment.name, attachment.mime_type))

    def _kind(self, mime_type: str) -> str | None:
        if mime_type in SHOWN and "images" in self._reads:
            return "image"
        if mime_type == "application/pdf" and "pdf" in self._reads:
            return "pdf"
        if mime_type in AUDIO_FORMATS and "audio" in self._reads:
            return "audio"
        return "text" if is_textual(mime_type) else None

    def _build(self, kind: str, attachment: Attachment, data: bytes) -> dict[str, Any]:
        match kind:
            case "image":
                return {
                    "type": "input_image",
                    "detail": "auto",
                    "image_url": self._picture_url(data),
                }
            case "pdf":
                url = data_url("application/pdf", data)
                return {"type": "input_file", "filename": attachment.name, "file_data": url}
            case "audio":
                sound = {
                    "data": base64.b64encode(data).decode(),
                    "format": AUDIO_FORMATS[attachment.mime_type],
                }
                return {"type": "input_audio", "input_audio": sound}
        text = decoded(data)
        return _text(wording.file_of_text(attachment.name, text[:MOST_TEXT], len(text) > MOST_TEXT))

    def _picture_url(self, data: bytes) -> str:
        mime_type, picture = model_picture(data, self._max_pixels)
        return data_url(mime_type, picture)


class WithoutFiles(Mentions):
    """For rules, which read what people write and nothing else."""

    async def user_message_to_input(
        self, item: UserMessageItem, is_last_message: bool = True
    ) -> ModelInput:
        bare = item.model_copy(update={"attachments": []})
        return await super().user_message_to_input(bare, is_last_message)


def data_url(mime_type: str, data: bytes) -> str:
    """A URL that holds the bytes."""
    return f"data:{mime_type};base64,{base64.b64encode(data).decode()}"


def _beyond_budget(items: Sequence[ThreadItem]) -> frozenset[str]:
    """The attachments that no longer go along, counted from the newest message backwards."""
    bytes_left, files_left = MOST_BYTES, MOST_FILES
    left_out: set[str] = set()
    messages = [item for item in items if isinstance(item, UserMessageItem)]
    for message in reversed(messages):
        for attachment in message.attachments:
            bytes_left -= size_of(attachment)
            files_left -= 1
            if bytes_left < 0 or files_left < 0:
                left_out.add(attachment.id)
    return frozenset(left_out)


def _text(text: str) -> dict[str, Any]:
    return {"type": "input_text", "text": text}
