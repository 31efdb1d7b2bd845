"""What would go round without end: tools that call each other, agents that ask each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from chatkit_host.checks.app import Checking
from chatkit_host.config import AgentTool, Config, Path, StepsTool, codes
from chatkit_host.config.problems import Severity
from chatkit_host.config.steps import CallStep, RespondStep, Step

Ways = Callable[[str], Iterator[tuple[str, Path]]]
"""What leads on from a thing: the next one, and where the file says so."""


def check_cycles(checking: Checking) -> None:
    """Checks calls, answers to answers, and agents as tools."""
    config = checking.config
    calls = "every call makes another one; let an `if` decide"
    _check(checking, config.tools, lambda name: _called(config, name), calls)
    answers = "every answer makes another one; let an `if` decide, or name another agent"
    _check(checking, config.agents, lambda name: _answering(config, name), answers)
    asks = "each may ask the other again and again; take one of these tools away"
    _check(checking, config.agents, lambda name: _asked(config, name), asks, "warning")


def _check(
    checking: Checking, names: Iterable[str], ways: Ways, said: str, severity: Severity = "error"
) -> None:
    told: set[frozenset[str]] = set()
    for name in names:
        for way, path in _circles(name, ways):
            if frozenset(way) not in told:
                told.add(frozenset(way))
                message, _, cure = f"{' → '.join((*way, name))}: {said}".partition("; ")
                checking.found.add(codes.UNFIT, path, message, cure=cure, severity=severity)


def _circles(start: str, ways: Ways) -> Iterator[tuple[tuple[str, ...], Path]]:
    """A way from a thing back to it, with the place of its first step, if there is one."""
    seen: set[str] = set()
    waiting: list[tuple[tuple[str, ...], Path | None]] = [((start,), None)]
    while waiting:
        way, first = waiting.pop(0)
        for name, path in ways(way[-1]):
            if name == start:
                yield way, first or path
                return
            if name not in seen:
                seen.add(name)
                waiting.append(((*way, name), first or path))


def _always(steps: Sequence[Step], path: Path) -> Iterator[tuple[Step, Path]]:
    """The steps of a list that are done whenever the list is."""
    for i, step in enumerate(steps):
        if step.kind in ("return", "error", "stop"):
            return
        if step.if_ is None:
            yield step, (*path, i)


def _called(config: Config, name: str) -> Iterator[tuple[str, Path]]:
    tool = config.tools.get(name)
    if isinstance(tool, StepsTool):
        for step, path in _always(tool.steps, ("tools", name, "steps")):
            if isinstance(step, CallStep):
                yield step.call, (*path, "call")


def _answering(config: Config, name: str) -> Iterator[tuple[str, Path]]:
    agent = config.agents.get(name)
    if agent is not None and agent.output is not None:
        for step, path in _always(agent.output.steps, ("agents", name, "output", "steps")):
            if isinstance(step, RespondStep) and step.respond.agent not in (None, name):
                yield step.respond.agent, (*path, "respond")


def _asked(config: Config, name: str) -> Iterator[tuple[str, Path]]:
    agent = config.agents.get(name)
    for i, tool_name in enumerate(agent.tools if agent is not None else ()):
        tool = config.tools.get(tool_name)
        if isinstance(tool, AgentTool):
            yield tool.agent, ("agents", name, "tools", i)
