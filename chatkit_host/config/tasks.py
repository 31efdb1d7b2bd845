"""Tasks that a list of steps shows in the turn's workflow, and how the workflow ends."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from chatkit_host.config.kinds import problem
from chatkit_host.config.section import Section
from chatkit_host.config.sources import Sources
from chatkit_host.config.values import Icon, Template, Value

OF_TYPE: dict[str, frozenset[str]] = {
    "custom": frozenset({"icon", "content"}),
    "web_search": frozenset({"query", "queries", "sources"}),
    "thought": frozenset({"content"}),
    "file": frozenset({"sources"}),
    "image": frozenset(),
}
"""What a task of each type can show besides its title."""


class ShownTask(Section):
    """A task, or a change of one that was shown before."""

    short: ClassVar[str | None] = "title"

    id: str | None = Field(None, description="A name by which a later step changes the task.")
    type: Literal["custom", "web_search", "thought", "file", "image"] = "custom"
    status: Literal["none", "loading", "complete"] = Field(
        "none", description="The indicator beside it."
    )
    title: Template | None = None
    icon: Icon | None = None
    content: Template | None = Field(None, description="Markdown beneath the title.")
    query: Template | None = Field(None, description="What was looked for, beside the title.")
    queries: Value = Field(None, description="All that was looked for, a list.")
    sources: Sources = Field(None, description="The pages or files that were found.")

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if self.type == "thought" and self.content is None:
            raise problem("task_field", "a thought has a 'content'", cure="write what it is")
        special = frozenset[str]().union(*OF_TYPE.values())
        for field in sorted(self.model_fields_set & (special - OF_TYPE[self.type])):
            if getattr(self, field) is not None:
                kinds = ", ".join(name for name, fields in OF_TYPE.items() if field in fields)
                message = f"a task of type {self.type!r} has no {field!r}"
                cure = f"tasks that have one: {kinds}"
                raise problem("task_field", message, cure=cure, path=(field,))
        return self


class WorkflowEnd(Section):
    """How a workflow looks when it is over."""

    short: ClassVar[str | None] = "title"

    title: Template | None = Field(None, description="What it comes to; else how long it took.")
    icon: Icon | None = None
    expanded: bool = Field(False, description="Whether its tasks stay unfolded.")
