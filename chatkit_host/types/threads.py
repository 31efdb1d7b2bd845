"""Threads and their states."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from chatkit_host.types.base import Moment, WireModel
from chatkit_host.types.items import ThreadItem
from chatkit_host.types.page import Page


class ActiveStatus(WireModel):
    """The thread takes messages."""

    type: Literal["active"] = Field(default="active", frozen=True)


class LockedStatus(WireModel):
    """The thread takes no messages for now; `reason` is shown."""

    type: Literal["locked"] = Field(default="locked", frozen=True)
    reason: str | None = None


class ClosedStatus(WireModel):
    """The thread takes no messages any more; `reason` is shown."""

    type: Literal["closed"] = Field(default="closed", frozen=True)
    reason: str | None = None


ThreadStatus = Annotated[
    ActiveStatus | LockedStatus | ClosedStatus,
    Field(discriminator="type"),
]
"""Whether a thread takes messages."""


class ThreadMetadata(WireModel):
    """A thread without its items; `metadata` is the integration's own and stays on the server.

    Pictures in answers are shown only from `allowed_image_domains`, if any are named.
    """

    title: str | None = None
    id: str
    created_at: Moment
    status: ThreadStatus = Field(default_factory=lambda: ActiveStatus())
    allowed_image_domains: list[str] | None = None
    metadata: dict[str, Any] = Field(default_factory=dict)


class Thread(ThreadMetadata):
    """A thread with one page of its items."""

    items: Page[ThreadItem]
