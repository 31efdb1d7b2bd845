"""Items: what a thread is made of, in order."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeGuard

from pydantic import Field

from chatkit_host.components import WidgetRoot
from chatkit_host.types.attachments import Attachment
from chatkit_host.types.base import Moment, WireModel
from chatkit_host.types.content import AssistantMessageContent, InferenceOptions, UserMessageContent
from chatkit_host.types.structured import StructuredInput
from chatkit_host.types.workflows import Task, Workflow


class ThreadItemBase(WireModel):
    """What every item has."""

    id: str
    thread_id: str
    created_at: Moment


class UserMessageItem(ThreadItemBase):
    """What the user said, with whole attachments in place of their ids."""

    type: Literal["user_message"] = "user_message"
    content: list[UserMessageContent]
    attachments: list[Attachment] = Field(default_factory=list)
    quoted_text: str | None = None
    inference_options: InferenceOptions


class AssistantMessageItem(ThreadItemBase):
    """What the assistant said."""

    type: Literal["assistant_message"] = "assistant_message"
    content: list[AssistantMessageContent]


class ClientToolCallItem(ThreadItemBase):
    """A call that the page is to carry out; `output` once it has."""

    type: Literal["client_tool_call"] = "client_tool_call"
    status: Literal["pending", "completed"] = "pending"
    call_id: str
    name: str
    arguments: dict[str, Any]
    output: Any | None = None


class WidgetItem(ThreadItemBase):
    """A widget; `copy_text` is what copying it yields."""

    type: Literal["widget"] = "widget"
    widget: WidgetRoot
    copy_text: str | None = None


class GeneratedImage(WireModel):
    """A picture that was made; `url` may be a data URL."""

    id: str
    url: str


class GeneratedImageItem(ThreadItemBase):
    """A picture in the making, or made."""

    type: Literal["generated_image"] = "generated_image"
    image: GeneratedImage | None = None


class StructuredInputItem(ThreadItemBase):
    """Questions to the user, pending until they are answered or skipped."""

    type: Literal["structured_input"] = "structured_input"
    status: Literal["pending", "answered", "skipped"] = "pending"
    inputs: list[StructuredInput]


class TaskItem(ThreadItemBase):
    """One task on its own."""

    type: Literal["task"] = "task"
    task: Task


class WorkflowItem(ThreadItemBase):
    """Tasks that belong together."""

    type: Literal["workflow"] = "workflow"
    workflow: Workflow


class EndOfTurnItem(ThreadItemBase):
    """Says that the assistant has done with its turn."""

    type: Literal["end_of_turn"] = "end_of_turn"


class HiddenContextItem(ThreadItemBase):
    """Something the model is to know and the client is not; put there by the integration."""

    type: Literal["hidden_context_item"] = "hidden_context_item"
    content: Any


class SDKHiddenContextItem(ThreadItemBase):
    """Something the model is to know and the client is not; put there by the host itself."""

    type: Literal["sdk_hidden_context"] = "sdk_hidden_context"
    content: str


class ToolCallItem(ThreadItemBase):
    """A server tool's call and output, kept in the timeline so that the next turn sees it.

    `arguments` is JSON text, as the model wrote it. No client ever sees this item.
    """

    type: Literal["tool_call"] = "tool_call"
    call_id: str
    name: str
    arguments: str
    output: str | None = None


class WidgetDataItem(ThreadItemBase):
    """The name and data that a widget was last shown with, kept beside it for later updates.

    Neither a client nor a model ever sees this item.
    """

    type: Literal["widget_data"] = "widget_data"
    widget: str
    data: dict[str, Any]


class OpenCall(WireModel):
    """A call of the thread's agent that has no output yet; `arguments` is JSON text."""

    call_id: str
    name: str
    arguments: str


class ApprovalQuestion(WireModel):
    """One call that a person is asked about, and what they said.

    `tool`, `call_id`, `agent` and `arguments` are the model's; the call may be one of an agent
    that serves as a tool. `version` tells a tool that has changed since from the one that was
    asked about. `card` is the widget item, and none where there was nothing to ask.
    """

    id: str
    tool: str
    call_id: str
    agent: str
    arguments: str
    version: str
    message: str | None = None
    card: str | None = None
    decision: Literal["approved", "rejected"] | None = None
    reason: str | None = None


class ApprovalItem(ThreadItemBase):
    """A run that waits for approvals, with all that another process needs to go on with it.

    Neither a client nor a model ever sees this item.

    Attributes:
        status: `open` while it waits, `resumed` once it goes on, `closed` when it never will.
        agent: who began the run.
        by_name: whether a step named that agent, and not the thread.
        names: what templates saw in the turn besides what is the same in all turns.
        state: the run, as JSON text; empty when it is no longer wanted.
    """

    type: Literal["approval"] = "approval"
    status: Literal["open", "resumed", "closed"] = "open"
    agent: str
    by_name: bool = False
    names: dict[str, Any] = Field(default_factory=dict)
    state: str
    questions: list[ApprovalQuestion]
    open_calls: list[OpenCall]


class UsageItem(ThreadItemBase):
    """What an agent's run has spent on models, where their servers tell.

    Neither a client nor a model ever sees this item.
    """

    type: Literal["usage"] = "usage"
    agent: str
    requests: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    reasoning_tokens: int


ThreadItem = Annotated[
    UserMessageItem
    | AssistantMessageItem
    | ClientToolCallItem
    | WidgetItem
    | GeneratedImageItem
    | StructuredInputItem
    | WorkflowItem
    | TaskItem
    | HiddenContextItem
    | SDKHiddenContextItem
    | ToolCallItem
    | WidgetDataItem
    | UsageItem
    | ApprovalItem
    | EndOfTurnItem,
    Field(discriminator="type"),
]
"""Anything a thread can hold."""

HiddenItem = (
    HiddenContextItem
    | SDKHiddenContextItem
    | ToolCallItem
    | WidgetDataItem
    | UsageItem
    | ApprovalItem
)
"""Items that never leave the server."""

HIDDEN_ITEM_TYPES = (
    HiddenContextItem,
    SDKHiddenContextItem,
    ToolCallItem,
    WidgetDataItem,
    UsageItem,
    ApprovalItem,
)
"""The classes of those items, for `isinstance`."""


def is_hidden(item: ThreadItem) -> TypeGuard[HiddenItem]:
    """Whether `item` must never be sent to a client."""
    return isinstance(item, HIDDEN_ITEM_TYPES)
