"""Requests that begin a turn, and are answered with a stream of events."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from chatkit_host.actions import Action
from chatkit_host.types.base import WireModel
from chatkit_host.types.content import UserMessageInput
from chatkit_host.types.structured import StructuredInputSubmission


class BaseReq(WireModel):
    """What every request may carry; `metadata` is the integration's own."""

    metadata: dict[str, Any] = Field(default_factory=dict)


class ThreadCreateParams(WireModel):
    """The first message."""

    input: UserMessageInput


class ThreadsCreateReq(BaseReq):
    """Begin a thread with the user's first message."""

    type: Literal["threads.create"] = "threads.create"
    params: ThreadCreateParams


class ThreadAddUserMessageParams(WireModel):
    """A message, and the thread it belongs to."""

    input: UserMessageInput
    thread_id: str


class ThreadsAddUserMessageReq(BaseReq):
    """Go on with a thread."""

    type: Literal["threads.add_user_message"] = "threads.add_user_message"
    params: ThreadAddUserMessageParams


class ThreadAddClientToolOutputParams(WireModel):
    """What the page's tool gave, for the call that the thread waits for."""

    thread_id: str
    result: Any


class ThreadsAddClientToolOutputReq(BaseReq):
    """Hand in what the page's tool gave."""

    type: Literal["threads.add_client_tool_output"] = "threads.add_client_tool_output"
    params: ThreadAddClientToolOutputParams


class ThreadAddStructuredInputParams(WireModel):
    """The answers to the questions of one item."""

    thread_id: str
    item_id: str
    input: StructuredInputSubmission


class ThreadsAddStructuredInputReq(BaseReq):
    """Answer an item's questions."""

    type: Literal["threads.add_structured_input"] = "threads.add_structured_input"
    params: ThreadAddStructuredInputParams


class ThreadRetryAfterItemParams(WireModel):
    """The item behind which everything is to be done anew."""

    thread_id: str
    item_id: str


class ThreadsRetryAfterItemReq(BaseReq):
    """Have the assistant answer a message again."""

    type: Literal["threads.retry_after_item"] = "threads.retry_after_item"
    params: ThreadRetryAfterItemParams


class ThreadCustomActionParams(WireModel):
    """An action, and the widget it came from, if it came from one.

    An empty `thread_id` asks for a new thread: a page may act before the first message. That is
    ours; the reference knows no such thread.
    """

    thread_id: str
    item_id: str | None = None
    action: Action[str, Any]


class ThreadsCustomActionReq(BaseReq):
    """Carry out an action and stream what comes of it."""

    type: Literal["threads.custom_action"] = "threads.custom_action"
    params: ThreadCustomActionParams


StreamingReq = (
    ThreadsCreateReq
    | ThreadsAddUserMessageReq
    | ThreadsAddClientToolOutputReq
    | ThreadsAddStructuredInputReq
    | ThreadsRetryAfterItemReq
    | ThreadsCustomActionReq
)
"""Requests that are answered with a stream of events."""
