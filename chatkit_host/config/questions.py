"""Questions to the user, by their ids."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from chatkit_host.config.kinds import TAG_MARK, problem
from chatkit_host.config.section import Section
from chatkit_host.config.values import Expression, Mark, Template, Value


class Question(Section):
    """A question; with options, a choice."""

    short: ClassVar[str | None] = "question"

    question: Template = Field(description="What is asked.")
    options: list[Value] | Template | None = Field(
        None, description="What can be chosen: a list, or a {{ template }} that gives one."
    )
    multiple: bool = Field(False, description="Whether several options may be chosen.")
    description: Template | None = Field(
        None, description="Stands beside a question without options."
    )
    if_: Expression | None = Field(None, alias="if", description="Only if this holds.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.options == []:
            raise problem("no_options", "there is nothing to choose from", path=("options",))
        if self.options is None and self.multiple:
            raise problem("multiple", "'multiple' is for options", path=("multiple",))
        if self.options is not None and self.description is not None:
            message = "'description' is for a question without options"
            raise problem("described", message, path=("description",))
        return self


def _template(text: str) -> str:
    if "{{" not in text:
        message = "questions by their ids are wanted here, or a {{ template }} that gives them"
        raise problem("questions", message, cure="write { day: Which day? }")
    return text


def _form(given: Any) -> str:
    return TAG_MARK + ("template" if isinstance(given, str) else "map")


Questions = Annotated[
    Annotated[dict[str, Question], Field(min_length=1), Tag("=map")]
    | Annotated[str, Mark.VALUE, AfterValidator(_template), Tag("=template")],
    Discriminator(_form),
]
"""Questions by their ids, or one template that gives them."""


def tree_of(questions: dict[str, Question] | str) -> Any:
    """The questions as one templated value."""
    if isinstance(questions, str):
        return questions
    return {
        name: question.model_dump(by_alias=True, exclude_unset=True, exclude_none=True)
        for name, question in questions.items()
    }
