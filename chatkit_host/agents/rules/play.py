"""Which step of which rule comes next. Nothing is remembered: it follows from the history."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chatkit_host.agents.rules.history import DoneCall, Standing
from chatkit_host.agents.specs import Renderer, Rule

NO_RULE = "I have no answer to that."


@dataclass(frozen=True)
class SayMove:
    """Say what the template gives; without one, the result itself."""

    text: Renderer | None


@dataclass(frozen=True)
class CallMove:
    """Call a tool."""

    name: str
    arguments: Renderer | None


@dataclass(frozen=True)
class Spoken:
    """Text to say now."""

    text: str


@dataclass(frozen=True)
class Called:
    """A call to make now."""

    name: str
    arguments: str


def play(
    rules: Sequence[Rule], standing: Standing, scope: Mapping[str, Any]
) -> Iterator[Spoken | Called]:
    """What the model does now: texts to say, at most up to the next call.

    Args:
        rules: in order; the first that matches is played.
        standing: what the user wants, and what was called since.
        scope: what templates see besides `text`, the groups of the match, and `result`.
    """
    rule, groups = find_rule(rules, standing.text)
    if rule is None:
        yield Spoken(NO_RULE)
        return
    moves, results = _remaining(plan(rule), standing.calls)
    names = {**scope, "text": standing.text, **groups, **results}
    for move in moves:
        if isinstance(move, CallMove):
            yield Called(move.name, _arguments(move, names))
            return
        yield Spoken(_said(move, names))


def find_rule(rules: Sequence[Rule], text: str) -> tuple[Rule | None, dict[str, Any]]:
    """The first rule that matches, and the named groups of its match."""
    for rule in rules:
        if rule.match is None:
            return rule, {}
        match = rule.match.search(text)
        if match is not None:
            return rule, match.groupdict()
    return None, {}


def plan(rule: Rule) -> list[SayMove | CallMove]:
    """A rule's moves. One that would end with a call says the call's result."""
    moves = list(_moves(rule))
    if not moves or isinstance(moves[-1], CallMove):
        moves.append(SayMove(None))
    return moves


def _moves(rule: Rule) -> Iterator[SayMove | CallMove]:
    """Its call, what it says, and what follows."""
    if rule.call is not None:
        yield CallMove(rule.call, rule.with_)
    if rule.say is not None:
        yield SayMove(rule.say)
    for further in rule.then:
        yield from _moves(further)


def _remaining(
    moves: list[SayMove | CallMove], calls: Sequence[DoneCall]
) -> tuple[list[SayMove | CallMove], dict[str, Any]]:
    """The moves after the last call that was made, and its result.

    Calls that are not in the plan, such as a handoff that led here, are somebody else's.
    """
    results: dict[str, Any] = {}
    for call in calls:
        place = next((n for n, move in enumerate(moves) if isinstance(move, CallMove)), None)
        if place is None:
            break
        expected = moves[place]
        if isinstance(expected, CallMove) and expected.name == call.name:
            moves = moves[place + 1 :]
            results = {"result": call.output}
    return moves, results


def _arguments(move: CallMove, names: Mapping[str, Any]) -> str:
    value = {} if move.arguments is None else move.arguments.render(names)
    return json.dumps(value, ensure_ascii=False, default=str)


def _said(move: SayMove, names: Mapping[str, Any]) -> str:
    value = names.get("result", "") if move.text is None else move.text.render(names)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
