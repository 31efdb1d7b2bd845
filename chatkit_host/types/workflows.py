"""Workflows: the tasks that an assistant shows of its work."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chatkit_host.icons import IconName
from chatkit_host.types.base import WireModel
from chatkit_host.types.sources import FileSource, URLSource


class BaseTask(WireModel):
    """What every task has; the indicator shows only inside a workflow."""

    status_indicator: Literal["none", "loading", "complete"] = "none"


class CustomTask(BaseTask):
    """A task in one's own words; `content` is Markdown."""

    type: Literal["custom"] = "custom"
    title: str | None = None
    icon: IconName | None = None
    content: str | None = None


class SearchTask(BaseTask):
    """A search of the web: what was asked, and what was found."""

    type: Literal["web_search"] = "web_search"
    title: str | None = None
    title_query: str | None = None
    queries: list[str] = Field(default_factory=list)
    sources: list[URLSource] = Field(default_factory=list)


class ThoughtTask(BaseTask):
    """A stretch of reasoning."""

    type: Literal["thought"] = "thought"
    title: str | None = None
    content: str


class FileTask(BaseTask):
    """A look into files."""

    type: Literal["file"] = "file"
    title: str | None = None
    sources: list[FileSource] = Field(default_factory=list)


class ImageTask(BaseTask):
    """A picture in the making."""

    type: Literal["image"] = "image"
    title: str | None = None


Task = Annotated[
    CustomTask | SearchTask | ThoughtTask | FileTask | ImageTask,
    Field(discriminator="type"),
]
"""Anything a workflow consists of."""


class CustomSummary(WireModel):
    """A finished workflow in a few words."""

    title: str
    icon: IconName | None = None


class DurationSummary(WireModel):
    """A finished workflow by how long it took, in seconds."""

    duration: int


WorkflowSummary = CustomSummary | DurationSummary
"""What a folded workflow shows."""


class Workflow(WireModel):
    """Tasks in the order they began; `expanded` shows them all."""

    type: Literal["custom", "reasoning"]
    tasks: list[Task]
    summary: WorkflowSummary | None = None
    expanded: bool = False
