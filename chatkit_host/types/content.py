"""What messages are made of, and what a user says how to answer them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from chatkit_host.types.base import WireModel
from chatkit_host.types.sources import EntitySource, FileSource, URLSource


class Annotation(WireModel):
    """A source of what the assistant says; `index` counts characters of the text."""

    type: Literal["annotation"] = "annotation"
    source: URLSource | FileSource | EntitySource = Field(discriminator="type")
    index: int | None = None


class AssistantMessageContent(WireModel):
    """A stretch of the assistant's text (Markdown) with its sources."""

    annotations: list[Annotation] = Field(default_factory=list)
    text: str
    type: Literal["output_text"] = "output_text"


class UserMessageTextContent(WireModel):
    """Text that the user wrote."""

    type: Literal["input_text"] = "input_text"
    text: str


class UserMessageTagContent(WireModel):
    """A thing that the user mentioned, by the page's `id` for it; `data` is the page's own."""

    type: Literal["input_tag"] = "input_tag"
    id: str
    text: str
    data: dict[str, Any]
    group: str | None = None
    interactive: bool = False


UserMessageContent = Annotated[
    UserMessageTextContent | UserMessageTagContent, Field(discriminator="type")
]
"""Anything a user's message is made of."""


class ToolChoice(WireModel):
    """The tool that the user picked in the composer."""

    id: str


class InferenceOptions(WireModel):
    """The tool and the model that the user picked in the composer."""

    tool_choice: ToolChoice | None = None
    model: str | None = None


class UserMessageInput(WireModel):
    """A message as the client sends it; `attachments` are ids of uploaded files."""

    content: list[UserMessageContent]
    attachments: list[str]
    quoted_text: str | None = None
    inference_options: InferenceOptions


class AudioInput(WireModel):
    """Recorded speech; `mime_type` as the client gave it, with its parameters."""

    data: bytes
    mime_type: str

    @property
    def media_type(self) -> str:
        """The MIME type less its parameters: `audio/webm` of `audio/webm;codecs=opus`."""
        return self.mime_type.split(";", 1)[0]


class TranscriptionResult(WireModel):
    """The words that were heard."""

    text: str
