"""`if`, `then`, `else`: one list or the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chatkit_host.config import steps as config
from chatkit_host.steps.step import StepRun, Steps, run_each
from chatkit_host.templates import compile_expression


class IfStep:
    """Runs one of its lists, within the list that it stands in."""

    def __init__(self, spec: config.IfStep, compile_steps: Callable[[Any], Steps]) -> None:
        self._condition = compile_expression(spec.if_)
        self._then = compile_steps(spec.then)
        self._else = compile_steps(spec.else_)

    async def run(self, run: StepRun) -> None:
        chosen = self._then if self._condition.holds(run.scope()) else self._else
        await run_each(chosen, run)
