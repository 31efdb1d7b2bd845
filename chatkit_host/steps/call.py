"""`call`: runs a tool; what it shows is shown."""

from __future__ import annotations

from chatkit_host.config import steps as config
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_value


class CallStep:
    """Calls a tool with rendered arguments, and names its result."""

    def __init__(self, spec: config.CallStep) -> None:
        self._tool = spec.call
        self._arguments = compile_value(spec.with_)
        self._name = spec.as_

    async def run(self, run: StepRun) -> None:
        arguments = self._arguments.render(run.scope())
        result = await run.turn.parts.call_tool(self._tool, arguments, run.turn)
        if self._name is not None:
            run.names[self._name] = result
