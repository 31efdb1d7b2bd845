"""What people see of work that goes on: of a tool's call, of thoughts, of a handoff."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from chatkit_host.config.section import Section
from chatkit_host.config.values import Icon, Template


class Show(Section):
    """A task in the turn's workflow, or nothing."""

    short: ClassVar[str | None] = "as"

    as_: Literal["task", "none"] = Field(
        "task", alias="as", description="`task` shows it, `none` does not."
    )
    title: Template | None = Field(None, description="The task's title; else made of the name.")
    icon: Icon | None = Field(None, description="An icon beside the title.")
    content: Template | None = Field(None, description="Markdown beneath the title.")

    @classmethod
    def short_schema(cls) -> dict[str, Any]:
        return {"enum": ["task", "none"]}

    @property
    def is_task(self) -> bool:
        """Whether there is anything to see."""
        return self.as_ == "task"


class ToolShow(Show):
    """What is seen of a tool while it runs, and afterwards."""

    done: Template | None = Field(None, description="The title once the call is over.")


class AgentShow(Section):
    """What is seen of an agent besides its answers."""

    reasoning: bool = Field(True, description="Whether its thoughts are shown.")
    handoff: Show = Field(
        Show.left_out(), description="What is shown when it takes the conversation over."
    )
