"""`answers`: what the user said to the newest questions, as templates see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chatkit_host.config.root import Config
from chatkit_host.config.scoped import question_ids
from chatkit_host.types import (
    StructuredInput,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    ThreadItem,
)


def no_answers(config: Config) -> dict[str, Any]:
    """Each declared question, with no answer: a template may ask for one before it is there."""
    return dict.fromkeys(question_ids(config))


def newest_answers(history: Sequence[ThreadItem]) -> dict[str, Any]:
    """The answers to the newest questions that are settled, by the questions' ids."""
    for item in reversed(history):
        if isinstance(item, StructuredInputItem) and item.status != "pending":
            return {question.id: _value(question) for question in item.inputs}
    return {}


def _value(question: StructuredInput) -> Any:
    """One text; a list of them where several could be chosen; none where it was skipped."""
    values = [] if question.answer is None else question.answer.values
    if isinstance(question, StructuredInputMultipleChoice) and question.multiple:
        return list(values)
    return ", ".join(values) if values else None
