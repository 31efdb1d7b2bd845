"""Events: what a streaming answer consists of."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from chatkit_host.errors import ErrorCode
from chatkit_host.icons import IconName
from chatkit_host.types.base import WireModel
from chatkit_host.types.items import ThreadItem
from chatkit_host.types.threads import Thread
from chatkit_host.types.updates import ThreadItemUpdate


class ThreadCreatedEvent(WireModel):
    """There is a new thread."""

    type: Literal["thread.created"] = "thread.created"
    thread: Thread


class ThreadUpdatedEvent(WireModel):
    """The thread's title, status or the like is another."""

    type: Literal["thread.updated"] = "thread.updated"
    thread: Thread


class ThreadItemAddedEvent(WireModel):
    """There is a new item, which may yet change."""

    type: Literal["thread.item.added"] = "thread.item.added"
    item: ThreadItem


class ThreadItemUpdatedEvent(WireModel):
    """The item of that id changes."""

    type: Literal["thread.item.updated"] = "thread.item.updated"
    item_id: str
    update: ThreadItemUpdate = Field(discriminator="type")


ThreadItemUpdated = ThreadItemUpdatedEvent
"""The older name of that event."""


class ThreadItemDoneEvent(WireModel):
    """An item is complete: this is the whole of it."""

    type: Literal["thread.item.done"] = "thread.item.done"
    item: ThreadItem


class ThreadItemRemovedEvent(WireModel):
    """The item of that id is gone."""

    type: Literal["thread.item.removed"] = "thread.item.removed"
    item_id: str


class ThreadItemReplacedEvent(WireModel):
    """The item of this id is now this one."""

    type: Literal["thread.item.replaced"] = "thread.item.replaced"
    item: ThreadItem


class StreamOptions(WireModel):
    """What the client may do while this stream runs."""

    allow_cancel: bool


class StreamOptionsEvent(WireModel):
    """Tells the client what it may do."""

    type: Literal["stream_options"] = "stream_options"
    stream_options: StreamOptions


class ProgressUpdateEvent(WireModel):
    """Says what the assistant is doing; never stored."""

    type: Literal["progress_update"] = "progress_update"
    icon: IconName | None = None
    text: str


class ClientEffectEvent(WireModel):
    """Has the page do something, and waits for no answer; never stored."""

    type: Literal["client_effect"] = "client_effect"
    name: str
    data: dict[str, Any] = Field(default_factory=dict)


class ErrorEvent(WireModel):
    """Something went wrong: words of one's own in `message`, or a code the client words itself."""

    type: Literal["error"] = "error"
    code: ErrorCode | Literal["custom"] = Field(default="custom")
    message: str | None = None
    allow_retry: bool = Field(default=False)


class NoticeEvent(WireModel):
    """Something the user should know; `message` is Markdown."""

    type: Literal["notice"] = "notice"
    level: Literal["info", "warning", "danger"]
    message: str
    title: str | None = None


ThreadStreamEvent = Annotated[
    ThreadCreatedEvent
    | ThreadUpdatedEvent
    | ThreadItemDoneEvent
    | ThreadItemAddedEvent
    | ThreadItemUpdatedEvent
    | ThreadItemRemovedEvent
    | ThreadItemReplacedEvent
    | StreamOptionsEvent
    | ProgressUpdateEvent
    | ClientEffectEvent
    | ErrorEvent
    | NoticeEvent,
    Field(discriminator="type"),
]
"""Any event of a streaming answer, as its public model."""


class SyncCustomActionResponse(WireModel):
    """The answer to a synchronous action: the item it changed, if any."""

    updated_item: ThreadItem | None = None
