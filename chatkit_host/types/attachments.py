"""Files that the user hands in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    AnyUrl,
    Field,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    model_serializer,
)

from chatkit_host.types.base import WireModel


class AttachmentUploadDescriptor(WireModel):
    """Where and how the client is to send the bytes."""

    url: AnyUrl
    method: Literal["POST", "PUT"]
    headers: dict[str, str] = Field(default_factory=dict)


class AttachmentBase(WireModel):
    """A file's facts; `upload_descriptor` only until its bytes are there.

    `thread_id` is set once a message with it is saved. `metadata` is the integration's own: it is
    left out of the JSON when the serialisation context says `{"exclude_metadata": True}`, as
    everything that goes to a client does.
    """

    id: str
    name: str
    mime_type: str
    upload_descriptor: AttachmentUploadDescriptor | None = None
    thread_id: str | None = None
    metadata: dict[str, Any] | None = None

    @model_serializer(mode="wrap")
    def _serialize(
        self, serializer: SerializerFunctionWrapHandler, info: SerializationInfo
    ) -> dict[str, Any]:
        data: dict[str, Any] = serializer(self)
        if (info.context or {}).get("exclude_metadata"):
            data.pop("metadata", None)
        return data


class FileAttachment(AttachmentBase):
    """A file of any kind."""

    type: Literal["file"] = "file"


class ImageAttachment(AttachmentBase):
    """A picture; the client shows what it finds at `preview_url`."""

    type: Literal["image"] = "image"
    preview_url: AnyUrl


Attachment = Annotated[FileAttachment | ImageAttachment, Field(discriminator="type")]
"""Anything a user can hand in."""
