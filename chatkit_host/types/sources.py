"""Sources: what an answer refers to."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from chatkit_host.icons import IconName
from chatkit_host.types.base import WireModel


class SourceBase(WireModel):
    """What every source shows; `timestamp` is free text, `group` a heading."""

    title: str
    description: str | None = None
    timestamp: str | None = None
    group: str | None = None


class FileSource(SourceBase):
    """A file, by its name."""

    type: Literal["file"] = "file"
    filename: str


class URLSource(SourceBase):
    """A page on the web; `attribution` says whose it is."""

    type: Literal["url"] = "url"
    url: str
    attribution: str | None = None


class EntitySource(SourceBase):
    """A thing that the page knows, by `id`; `data` goes to the page's own callbacks.

    `label` stands in its hover card, `inline_label` in the text in place of the icon;
    `interactive` lets the user click it. Clients pay no heed to `preview`.
    """

    type: Literal["entity"] = "entity"
    id: str
    icon: IconName | None = None
    label: str | None = None
    inline_label: str | None = None
    interactive: bool = False
    data: dict[str, Any] = Field(default_factory=dict)
    preview: Literal["lazy"] | None = None


Source = Annotated[URLSource | FileSource | EntitySource, Field(discriminator="type")]
"""Anything an annotation can point to."""
