"""A message in the making: its id, its time and its citations, one truth from start to end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chatkit_host.agents.annotations import annotation_key, convert_annotation, raw_annotation
from chatkit_host.agents.response_converter import ResponseStreamConverter
from chatkit_host.types import Annotation, AssistantMessageContent, AssistantMessageItem


class PartDraft:
    """One part of the message: the citations announced so far, and whether it is done."""

    __slots__ = ("annotations", "done", "seen")

    def __init__(self) -> None:
        self.annotations: list[Annotation] = []
        self.seen: dict[str, Annotation | None] = {}
        self.done = False


class MessageDraft:
    """A message that the model is writing."""

    __slots__ = ("created_at", "done", "item_id", "parts")

    def __init__(self, item_id: str, created_at: datetime) -> None:
        self.item_id = item_id
        self.created_at = created_at
        self.parts: dict[int, PartDraft] = {}
        self.done = False

    def part(self, index: int) -> PartDraft:
        part = self.parts.get(index)
        if part is None:
            part = self.parts[index] = PartDraft()
        return part

    def item(self, thread_id: str, content: list[AssistantMessageContent]) -> AssistantMessageItem:
        """The message as an item with this content."""
        return AssistantMessageItem(
            id=self.item_id, thread_id=thread_id, created_at=self.created_at, content=content
        )


async def new_annotation(
    part: PartDraft, raw: object, converter: ResponseStreamConverter
) -> Annotation | None:
    """The annotation for a citation that the part does not have yet; None if it has, or may not."""
    fields = raw_annotation(raw)
    key = annotation_key(fields)
    if key in part.seen:
        return None
    annotation = part.seen[key] = await convert_annotation(fields, converter)
    if annotation is not None:
        part.annotations.append(annotation)
    return annotation


def text_of(content: Any) -> str:
    """The text of a response's content part, a refusal's too."""
    text = getattr(content, "text", None)
    return text if text is not None else getattr(content, "refusal", None) or ""
