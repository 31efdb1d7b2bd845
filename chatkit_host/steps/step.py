"""What a step is, and how a list of them is run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.templates import Expression


class Returned(Exception):  # noqa: N818
    """A list has ended; `value` is its result, None for `stop`."""

    def __init__(self, value: Any = None) -> None:
        self.value = value


@dataclass(slots=True)
class StepRun:
    """One list of steps while it runs: its turn, and the names that are its own."""

    turn: TurnContext
    names: dict[str, Any] = field(default_factory=dict)

    def scope(self) -> Mapping[str, Any]:
        """Every name that a template sees here."""
        return self.turn.scope() | self.names


class Step(Protocol):
    """One compiled step."""

    async def run(self, run: StepRun) -> None:
        """Do it. Raises Returned to end the list, ToolError to tell the caller of a failure."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A step, and what must hold for it to be done."""

    step: Step
    condition: Expression | None

    async def run(self, run: StepRun) -> None:
        if self.condition is None or self.condition.holds(run.scope()):
            await self.step.run(run)


Steps = Sequence[Guarded]


async def run_each(steps: Steps, run: StepRun) -> None:
    """Do all, in order."""
    for step in steps:
        await step.run(run)


async def run_list(steps: Steps, turn: TurnContext, names: Mapping[str, Any]) -> Any:
    """Do a whole list; gives what its `return` gave, else None."""
    try:
        await run_each(steps, StepRun(turn, dict(names)))
    except Returned as end:
        return end.value
    return None
