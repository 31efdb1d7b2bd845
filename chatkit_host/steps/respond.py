"""`respond`: lets an agent go on."""

from __future__ import annotations

from chatkit_host.config import steps as config
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_text


class RespondStep:
    """Runs an agent over the thread as it now is; its answer is part of this turn."""

    def __init__(self, spec: config.RespondStep) -> None:
        self._agent = spec.respond.agent
        self._input = compile_text(spec.respond.input) if spec.respond.input else None

    async def run(self, run: StepRun) -> None:
        further = None if self._input is None else str(self._input.render(run.scope()))
        await run.turn.parts.respond(self._agent, further, run.turn)
