"""`structured_input`: puts questions to the user, and ends the turn until they are answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chatkit_host.agents.tool_error import ToolError
from chatkit_host.config import steps as config
from chatkit_host.config.questions import tree_of
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_value
from chatkit_host.types import (
    StructuredInput,
    StructuredInputFreeform,
    StructuredInputMultipleChoice,
    StructuredInputMultipleChoiceOption,
)

KEYS = frozenset({"id", "question", "options", "multiple", "description"})


class StructuredInputStep:
    """Shows the questions; the answers begin the next turn, where `answers` holds them."""

    def __init__(self, spec: config.StructuredInputStep) -> None:
        self._questions = compile_value(tree_of(spec.structured_input))

    async def run(self, run: StepRun) -> None:
        await run.turn.ask_user(build_questions(self._questions.render(run.scope())))


def build_questions(given: Any) -> list[StructuredInput]:
    """Questions from a map of ids to questions, or from a list of questions with ids.

    Raises:
        ToolError: they are no questions; whoever wrote them, maybe a model, reads why.
    """
    questions = [_build(name, question) for name, question in _by_id(given)]
    if not questions:
        raise ToolError("structured_input: there is no question to put")
    ids = [question.id for question in questions]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice is not None:
        raise ToolError(f"structured_input: two questions are called {twice!r}")
    return questions


def _by_id(given: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(given, Mapping):
        yield from ((str(name), question) for name, question in given.items())
        return
    if not isinstance(given, list | tuple):
        raise ToolError("structured_input: a map of questions is wanted, or a list of them")
    for number, question in enumerate(given, 1):
        named = question.get("id") if isinstance(question, Mapping) else None
        yield f"q{number}" if named is None else str(named), question


def _build(name: str, given: Any) -> StructuredInput:
    if isinstance(given, str):
        given = {"question": given}
    where = f"structured_input.{name}"
    if not isinstance(given, Mapping) or not str(given.get("question") or "").strip():
        raise ToolError(f"{where}: this has no question")
    unknown = sorted(str(key) for key in given if key not in KEYS)
    if unknown:
        raise ToolError(f"{where}: unknown {', '.join(unknown)}")
    question = str(given["question"])
    if given.get("options") is None:
        description = given.get("description")
        return StructuredInputFreeform(
            id=name,
            question=question,
            description=None if description is None else str(description),
        )
    return StructuredInputMultipleChoice(
        id=name,
        question=question,
        options=_options(given["options"], where),
        multiple=bool(given.get("multiple")),
    )


def _options(given: Any, where: str) -> list[StructuredInputMultipleChoiceOption]:
    if not isinstance(given, list | tuple) or not given:
        raise ToolError(f"{where}.options: a list with something in it is wanted")
    values = [str(each["value"] if _is_option(each) else each) for each in given]
    return [StructuredInputMultipleChoiceOption(value=value) for value in dict.fromkeys(values)]


def _is_option(given: Any) -> bool:
    return isinstance(given, Mapping) and "value" in given
