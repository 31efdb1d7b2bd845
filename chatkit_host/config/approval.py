"""`approval`: when a person must say yes before a tool that a model calls does anything."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field, field_validator, model_validator

from chatkit_host.config.names import WidgetName
from chatkit_host.config.section import Section
from chatkit_host.config.values import Expression, Template

APPROVAL_ACTION = "chatkit_host.approval"
"""The action that approves and rejects; the host's own."""

WIDGET_DATA = (
    *("tool", "title", "description", "message", "arguments", "agent"),
    *("decision", "reason", "approve", "reject"),
)
"""What a widget that asks for an approval is given as its data, as far as it wants it."""

_WORDS = {"always": "true", "never": "false"}


class Approval(Section):
    """When, and how, a person is asked. `always`, `never`, or an expression for short."""

    short: ClassVar[str | None] = "if"

    if_: Expression = Field(
        "true", alias="if", description="always, never, or when it holds; it sees the arguments."
    )
    widget: WidgetName | None = Field(
        None, description="A widget that asks, in place of the host's card."
    )
    message: Template | None = Field(None, description="What the card says; else the description.")

    @field_validator("if_", mode="before")
    @classmethod
    def _in_words(cls, given: Any) -> Any:
        return _WORDS.get(given, given) if isinstance(given, str) else given

    @model_validator(mode="before")
    @classmethod
    def _from_bool(cls, given: Any) -> Any:
        """`true` and `false` are what people write who think of `always` and `never`."""
        return {"if": given} if isinstance(given, bool) else given

    @classmethod
    def short_schema(cls) -> dict[str, Any]:
        return {"type": ["string", "boolean"]}

    @property
    def is_possible(self) -> bool:
        """Whether anybody is ever asked."""
        return self.if_ != "false"
