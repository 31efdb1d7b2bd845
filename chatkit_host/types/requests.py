"""Requests that are answered with JSON, and the union of all requests."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeIs

from chatkit_host.types.base import WireModel
from chatkit_host.types.streaming_requests import (
    BaseReq,
    StreamingReq,
    ThreadCustomActionParams,
    ThreadsAddClientToolOutputReq,
    ThreadsAddStructuredInputReq,
    ThreadsAddUserMessageReq,
    ThreadsCreateReq,
    ThreadsCustomActionReq,
    ThreadsRetryAfterItemReq,
)

FeedbackKind = Literal["positive", "negative"]
"""Thumbs up or down."""


class ThreadGetByIdParams(WireModel):
    """The thread to load."""

    thread_id: str


class ThreadsGetByIdReq(BaseReq):
    """Load a thread and its first page of items."""

    type: Literal["threads.get_by_id"] = "threads.get_by_id"
    params: ThreadGetByIdParams


class ThreadListParams(WireModel):
    """Which page of threads: at most `limit`, from behind the cursor `after`."""

    limit: int | None = None
    order: Literal["asc", "desc"] = "desc"
    after: str | None = None


class ThreadsListReq(BaseReq):
    """List one's threads."""

    type: Literal["threads.list"] = "threads.list"
    params: ThreadListParams


class ThreadsSyncCustomActionReq(BaseReq):
    """Carry out an action and answer with the one item that it changed."""

    type: Literal["threads.sync_custom_action"] = "threads.sync_custom_action"
    params: ThreadCustomActionParams


class ItemFeedbackParams(WireModel):
    """What the user thinks of some items."""

    thread_id: str
    item_ids: list[str]
    kind: FeedbackKind


class ItemsFeedbackReq(BaseReq):
    """Say what the user thinks of some items."""

    type: Literal["items.feedback"] = "items.feedback"
    params: ItemFeedbackParams


class AttachmentDeleteParams(WireModel):
    """The attachment to delete."""

    attachment_id: str


class AttachmentsDeleteReq(BaseReq):
    """Delete an attachment."""

    type: Literal["attachments.delete"] = "attachments.delete"
    params: AttachmentDeleteParams


class AttachmentCreateParams(WireModel):
    """A file that is about to be sent; `size` in bytes."""

    name: str
    size: int
    mime_type: str


class AttachmentsCreateReq(BaseReq):
    """Register a file whose bytes come later."""

    type: Literal["attachments.create"] = "attachments.create"
    params: AttachmentCreateParams


class InputTranscribeParams(WireModel):
    """Recorded speech in base64; `mime_type` with its parameters."""

    audio_base64: str
    mime_type: str


class InputTranscribeReq(BaseReq):
    """Turn speech into text."""

    type: Literal["input.transcribe"] = "input.transcribe"
    params: InputTranscribeParams


class ItemsListParams(WireModel):
    """Which page of a thread's items: at most `limit`, from behind the cursor `after`."""

    thread_id: str
    limit: int | None = None
    order: Literal["asc", "desc"] = "desc"
    after: str | None = None


class ItemsListReq(BaseReq):
    """List a thread's items."""

    type: Literal["items.list"] = "items.list"
    params: ItemsListParams


class ThreadUpdateParams(WireModel):
    """The thread, and its new title."""

    thread_id: str
    title: str


class ThreadsUpdateReq(BaseReq):
    """Rename a thread."""

    type: Literal["threads.update"] = "threads.update"
    params: ThreadUpdateParams


class ThreadDeleteParams(WireModel):
    """The thread to delete."""

    thread_id: str


class ThreadsDeleteReq(BaseReq):
    """Delete a thread."""

    type: Literal["threads.delete"] = "threads.delete"
    params: ThreadDeleteParams


NonStreamingReq = (
    ThreadsGetByIdReq
    | ThreadsListReq
    | ItemsListReq
    | ItemsFeedbackReq
    | AttachmentsCreateReq
    | AttachmentsDeleteReq
    | ThreadsUpdateReq
    | ThreadsDeleteReq
    | InputTranscribeReq
    | ThreadsSyncCustomActionReq
)
"""Requests that are answered with JSON, at once."""

ChatKitReq = Annotated[StreamingReq | NonStreamingReq, Field(discriminator="type")]
"""Any request."""


def is_streaming_req(request: ChatKitReq) -> TypeIs[StreamingReq]:
    """Whether `request` is answered with a stream of events."""
    return isinstance(
        request,
        (
            ThreadsCreateReq,
            ThreadsAddUserMessageReq,
            ThreadsRetryAfterItemReq,
            ThreadsAddClientToolOutputReq,
            ThreadsAddStructuredInputReq,
            ThreadsCustomActionReq,
        ),
    )
