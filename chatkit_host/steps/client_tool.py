"""`client_tool`: asks the page, and ends the turn until it answers."""

from __future__ import annotations

from chatkit_host.config import steps as config
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_value


class ClientToolStep:
    """Leaves a call for the page, whose output begins the next turn."""

    def __init__(self, spec: config.ClientToolStep) -> None:
        self._name = spec.client_tool.name
        self._arguments = compile_value(spec.client_tool.arguments)

    async def run(self, run: StepRun) -> None:
        await run.turn.ask_page(self._name, self._arguments.render(run.scope()))
