"""Names of things: fields that lead from one section of the file to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

Section = Literal["models", "agents", "tools", "widgets", "guardrails", "plugins"]


@dataclass(frozen=True, slots=True)
class Refers:
    """What a field names; it stands in the field's annotation.

    `is_special` says that a name has more to it than being in that section: a check of its own
    looks at it.
    """

    to: Section
    is_special: bool = False

    @property
    def noun(self) -> str:
        """What a single one is called."""
        return self.to.removesuffix("s")


AgentName = Annotated[str, Refers("agents")]
"""A name of `agents`."""

ToolName = Annotated[str, Refers("tools")]
"""A name of `tools`."""

WidgetName = Annotated[str, Refers("widgets")]
"""A name of `widgets`."""

GuardrailName = Annotated[str, Refers("guardrails")]
"""A name of `guardrails`."""

ModelName = Annotated[str, Refers("models")]
"""A name of `models`, or provider/model."""

OneOfItsTools = Annotated[str, Refers("tools", is_special=True)]
"""A name among the tools of the same agent."""

PickedTool = Annotated[str, Refers("tools", is_special=True)]
"""What a user picks: a name of `tools`, or one that some template looks at."""

ToolChoice = Annotated[str, Refers("tools", is_special=True)]
"""`auto`, `required`, `none`, or a name of `tools`."""

InPlugin = Annotated[str, Refers("plugins", is_special=True)]
"""module:name, of a module that `plugins` allows."""
