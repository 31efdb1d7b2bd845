"""`models`: the patterns of rules, and their templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatkit_host.checks.agents import model_of
from chatkit_host.checks.app import Checking
from chatkit_host.checks.arguments import check_arguments
from chatkit_host.checks.scope import Scope
from chatkit_host.checks.steps import check_call
from chatkit_host.config import Path, Rule, RulesModel, codes
from chatkit_host.config.models import Move
from chatkit_host.config.references import aliases


def check_models(checking: Checking, scope: Scope) -> None:
    """Checks every rule of every model."""
    copies = aliases(checking.config, checking.loaded.places)
    for name, model in checking.config.models.items():
        if isinstance(model, RulesModel) and ("models", name) not in copies:
            _check_order(checking, model, ("models", name, "rules"))
            for i, rule in enumerate(model.rules):
                _check_rule(checking, rule, ("models", name, "rules", i), scope)
            _check_outputs(checking, name, model)


def _check_order(checking: Checking, model: RulesModel, path: Path) -> None:
    """Notes the rule behind one that always holds."""
    for i, rule in enumerate(model.rules[:-1]):
        if not rule.match:
            message = f"no text gets here: rule {i + 1} before it has no `match`, and takes all"
            cure = "give that one a `match`, or put it last"
            checking.found.add(codes.UNFIT, (*path, i + 1), message, cure=cure)
            return


def _check_rule(checking: Checking, rule: Rule, path: Path, scope: Scope) -> None:
    groups = _groups(checking, rule.match, (*path, "match")) if rule.match else {}
    scope = scope.plus(groups)
    scope = _check_move(checking, rule, path, scope)
    for i, move in enumerate(rule.then):
        scope = _check_move(checking, move, (*path, "then", i), scope)


def _check_move(checking: Checking, move: Move, path: Path, scope: Scope) -> Scope:
    """Checks one move; gives the scope of the next, which sees the result of a call."""
    for name, value in move.with_.items():
        checking.value(value, (*path, "with", name), scope)
    if move.call is not None:
        check_call(checking, move.call, move.with_, (*path, "with"), (*path, "call"))
        scope = scope.plus({"result": None})
    checking.text(move.say, (*path, "say"), scope)
    if move.output is not None:
        checking.value(move.output, (*path, "output"), scope)
    return scope


def _check_outputs(checking: Checking, model: str, rules: RulesModel) -> None:
    """Holds the data that rules answer with against what their agents' answers are made of."""
    seen: list[Any] = []
    for name, agent in checking.config.agents.items():
        if agent.output is None or model_of(checking, agent) != model:
            continue
        schema = agent.output.schema_
        for path, move in _moves(rules, ("models", model, "rules")) if schema not in seen else ():
            noun = f"the output of {name!r}"
            check_arguments(checking, move.output, schema, (*path, "output"), noun)
        seen.append(schema)


def _moves(model: RulesModel, path: Path) -> Iterator[tuple[Path, Move]]:
    for i, rule in enumerate(model.rules):
        yield (*path, i), rule
        for j, move in enumerate(rule.then):
            yield (*path, i, "then", j), move


def check_pattern(checking: Checking, pattern: str, path: Path) -> None:
    """Notes a pattern that cannot be used."""
    _groups(checking, pattern, path)


def _groups(checking: Checking, pattern: str, path: Path) -> dict[str, None]:
    """The names that a pattern gives to what it finds."""
    try:
        return dict.fromkeys(compiled(pattern).groupindex)
    except ValueError as error:
        is_foreign = any(part in str(error) for part in ("perl operator", "escape sequence"))
        cure = "RE2 knows no look-ahead, look-behind or back-references" if is_foreign else None
        message = f"the pattern cannot be used: {error}"
        checking.found.add(codes.PATTERN, path, message, cure=cure)
        return {}


def compiled(pattern: str) -> Any:
    """A pattern for RE2; raises ValueError with the reason if it takes no such pattern."""
    import re2  # only bots that use patterns pay for it

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        raise ValueError(reason.decode() if isinstance(reason, bytes) else str(reason)) from None
