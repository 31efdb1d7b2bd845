"""`for`, `do`: a list once for each element."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chatkit_host.config import steps as config
from chatkit_host.steps.live import LiveParts
from chatkit_host.steps.step import StepRun, Steps, run_each
from chatkit_host.templates import RenderError, compile_expression, compile_loop

MOST_ROUNDS = 10_000


class ForStep:
    """Runs its list, within the list that it stands in, with the loop's names.

    The elements are those that were there at the beginning; `if:` is asked for each, when its turn
    comes. What `let` names inside stays named; the loop's own names go with it.
    """

    def __init__(self, spec: config.ForStep, compile_steps: Callable[[Any], Steps]) -> None:
        self._loop = compile_loop(spec.for_)
        self._condition = None if spec.if_ is None else compile_expression(spec.if_)
        self._steps = compile_steps(spec.do)

    async def run(self, run: StepRun) -> None:
        rounds = self._loop.live(run.scope())
        if len(rounds) > MOST_ROUNDS:
            raise RenderError(f"{len(rounds)} rounds of `for`; {MOST_ROUNDS} are the most")
        live = LiveParts(run)
        bound = [live.all_bound(names) for names in rounds]
        hidden = {name: run.names[name] for name in self._loop.bound if name in run.names}
        try:
            for names in bound:
                run.names.update(names)
                if self._condition is None or self._condition.holds(run.scope()):
                    await run_each(self._steps, run)
        finally:
            for name in self._loop.bound:
                run.names.pop(name, None)
            run.names.update(hidden)
