"""Structured input: questions that the assistant asks, and the user's answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chatkit_host.types.base import WireModel


class StructuredInputAnswer(WireModel):
    """An answer that is on record: its texts, or that it was skipped."""

    values: list[str] = Field(default_factory=list)
    skipped: bool = False


class StructuredInputBase(WireModel):
    """A question, its lasting `id`, and its answer once there is one."""

    id: str
    question: str
    answer: StructuredInputAnswer | None = None


class StructuredInputMultipleChoiceOption(WireModel):
    """A choice; its text is both shown and sent."""

    value: str


class StructuredInputMultipleChoice(StructuredInputBase):
    """Choices to pick from, or several with `multiple`; the user may also write something else."""

    type: Literal["multiple_choice"] = "multiple_choice"
    options: list[StructuredInputMultipleChoiceOption]
    multiple: bool = False


class StructuredInputFreeform(StructuredInputBase):
    """A question answered in the user's own words; `description` stands beside it."""

    type: Literal["freeform"] = "freeform"
    description: str | None = None


StructuredInput = Annotated[
    StructuredInputMultipleChoice | StructuredInputFreeform,
    Field(discriminator="type"),
]
"""Any question that can be asked."""


class StructuredInputAnswerSubmission(WireModel):
    """An answer as the client sends it: its texts, or that it was skipped."""

    values: list[str] = Field(default_factory=list)
    skipped: bool = False


class StructuredInputSubmission(WireModel):
    """All answers to one item, by the question's id; or the whole of it skipped."""

    status: Literal["answered", "skipped"] = "answered"
    answers: dict[str, StructuredInputAnswerSubmission] = Field(default_factory=dict)
