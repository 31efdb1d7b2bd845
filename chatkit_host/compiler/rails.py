"""A single guardrail, compiled: what it looks for in a text, and what is said when it finds it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chatkit_host.agents.guards import BLOCKED
from chatkit_host.agents.tool_error import ToolError
from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.compiler.functions import load_function
from chatkit_host.compiler.models import pattern
from chatkit_host.config.guardrails import (
    DenyGuardrail,
    Guardrail,
    KeywordsGuardrail,
    LengthGuardrail,
    ToolGuardrails,
)
from chatkit_host.config.root import Config
from chatkit_host.templates import TextTemplate, compile_text
from chatkit_host.tools import PythonKind

# RE2's own \b knows ASCII alone, and words of other scripts would end in their middle.
_EDGE = r"[^\pL\pN\pM_]"


@dataclass(frozen=True, slots=True)
class Rail:
    """One guardrail: a search, which is quick, or a function, which may take its time."""

    message: TextTemplate | None
    finds: Callable[[str], bool] | None = None
    function: PythonKind | None = None

    def told(self, turn: TurnContext, verdict: Any = True) -> str:
        """What the user is told."""
        if isinstance(verdict, str):
            return verdict
        return BLOCKED if self.message is None else str(self.message.render(turn.scope()))

    def quick(self, turn: TurnContext, text: str) -> str | None:
        """The objection of a search, if it finds something."""
        found = self.finds is not None and self.finds(text)
        return self.told(turn) if found else None

    async def thorough(self, turn: TurnContext, text: str) -> str | None:
        """The objection, of whatever kind the guardrail is."""
        if self.function is None:
            return self.quick(turn, text)
        verdict = await self.function.call(turn, {"text": text}, None)
        return self.told(turn, verdict) if verdict else None


def compile_rails(config: Config) -> dict[str, Rail]:
    """All declared guardrails, by name.

    Raises:
        ConfigError: a plugin cannot be imported, or lacks a function that a guardrail names.
    """
    return {name: _rail(name, spec) for name, spec in config.guardrails.items()}


def _rail(name: str, spec: Guardrail) -> Rail:
    message = None if spec.message is None else compile_text(spec.message)
    match spec:
        case DenyGuardrail():
            return Rail(message, finds=_searching(spec.deny))
        case KeywordsGuardrail():
            return Rail(message, finds=_searching(keywords_pattern(spec.keywords)))
        case LengthGuardrail():
            longest = spec.max_length
            return Rail(message, finds=lambda text: len(text) > longest)
        case _:
            function = load_function(spec.python, f"guardrails.{name}.python")
            return Rail(message, function=PythonKind(function))


def _searching(source: str) -> Callable[[str], bool]:
    compiled = pattern(source)
    return lambda text: compiled.search(text) is not None


def keywords_pattern(keywords: Sequence[str]) -> str:
    """A pattern that finds any of the words, whole."""
    import re2

    def one(keyword: str) -> str:
        stem = keyword.rstrip("*")
        words = r"\s+".join(re2.escape(word) for word in stem.split())
        return words if stem != keyword else rf"{words}(?:{_EDGE}|$)"

    return rf"(?:^|{_EDGE})(?:{'|'.join(map(one, keywords))})"


@dataclass(frozen=True, slots=True)
class ToolRails:
    """The guardrails of one tool, whoever calls it."""

    before: Sequence[Rail]
    after: Sequence[Rail]

    async def check_arguments(self, turn: TurnContext, arguments: Mapping[str, Any]) -> None:
        """Refuse a call.

        Raises:
            ToolError: with what a guardrail has to say of its arguments.
        """
        await _object(self.before, turn, arguments)

    async def check_result(self, turn: TurnContext, result: Any) -> None:
        """Keep a result from the caller.

        Raises:
            ToolError: with what a guardrail has to say of it.
        """
        await _object(self.after, turn, result)


def tool_rails(rails: Mapping[str, Rail], given: ToolGuardrails) -> ToolRails | None:
    """What a tool's `guardrails:` says, if it says anything."""
    if not given.input and not given.output:
        return None
    return ToolRails([rails[name] for name in given.input], [rails[name] for name in given.output])


async def _object(rails: Sequence[Rail], turn: TurnContext, value: Any) -> None:
    if not rails:
        return
    text = "\n".join(texts_in(value))
    for rail in rails:
        told = await rail.thorough(turn, text)
        if told is not None:
            raise ToolError(told)


def texts_in(value: Any) -> Iterator[str]:
    """What a value has to read, at every depth; the keys of maps too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield str(key)
            yield from texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_in(each)
    elif value is not None:
        yield json.dumps(value, default=str)
