"""Updates: how an item that the client has already changes."""

from __future__ import annotations

from typing import Literal

from chatkit_host.components import WidgetComponent, WidgetRoot
from chatkit_host.types.base import WireModel
from chatkit_host.types.content import Annotation, AssistantMessageContent
from chatkit_host.types.items import GeneratedImage
from chatkit_host.types.workflows import Task


class AssistantMessageContentPartAdded(WireModel):
    """A message has a new part, at `content_index`."""

    type: Literal["assistant_message.content_part.added"] = "assistant_message.content_part.added"
    content_index: int
    content: AssistantMessageContent


class AssistantMessageContentPartTextDelta(WireModel):
    """A part's text goes on with `delta`."""

    type: Literal["assistant_message.content_part.text_delta"] = (
        "assistant_message.content_part.text_delta"
    )
    content_index: int
    delta: str


class AssistantMessageContentPartAnnotationAdded(WireModel):
    """A part has a new source, at `annotation_index`."""

    type: Literal["assistant_message.content_part.annotation_added"] = (
        "assistant_message.content_part.annotation_added"
    )
    content_index: int
    annotation_index: int
    annotation: Annotation


class AssistantMessageContentPartDone(WireModel):
    """A part is complete: this is the whole of it."""

    type: Literal["assistant_message.content_part.done"] = "assistant_message.content_part.done"
    content_index: int
    content: AssistantMessageContent


class WidgetStreamingTextValueDelta(WireModel):
    """The text of the component with that id goes on with `delta`; with `done` it is complete."""

    type: Literal["widget.streaming_text.value_delta"] = "widget.streaming_text.value_delta"
    component_id: str
    delta: str
    done: bool


class WidgetRootUpdated(WireModel):
    """The whole widget is replaced."""

    type: Literal["widget.root.updated"] = "widget.root.updated"
    widget: WidgetRoot


class WidgetComponentUpdated(WireModel):
    """The component with that id is replaced."""

    type: Literal["widget.component.updated"] = "widget.component.updated"
    component_id: str
    component: WidgetComponent


class WorkflowTaskAdded(WireModel):
    """A workflow has a new task, at `task_index`."""

    type: Literal["workflow.task.added"] = "workflow.task.added"
    task_index: int
    task: Task


class WorkflowTaskUpdated(WireModel):
    """The task at `task_index` is replaced."""

    type: Literal["workflow.task.updated"] = "workflow.task.updated"
    task_index: int
    task: Task


class GeneratedImageUpdated(WireModel):
    """A picture takes shape; `progress` runs from 0 to 1."""

    type: Literal["generated_image.updated"] = "generated_image.updated"
    image: GeneratedImage
    progress: float | None = None


ThreadItemUpdate = (
    AssistantMessageContentPartAdded
    | AssistantMessageContentPartTextDelta
    | AssistantMessageContentPartAnnotationAdded
    | AssistantMessageContentPartDone
    | WidgetStreamingTextValueDelta
    | WidgetComponentUpdated
    | WidgetRootUpdated
    | WorkflowTaskAdded
    | WorkflowTaskUpdated
    | GeneratedImageUpdated
)
"""Any way in which an item can change."""
