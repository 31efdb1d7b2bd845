"""`let`: names for values, to the end of the list."""

from __future__ import annotations

from chatkit_host.config import steps as config
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_value


class LetStep:
    """Binds names, top to bottom; a later one sees the earlier ones."""

    def __init__(self, spec: config.LetStep) -> None:
        self._values = {name: compile_value(value) for name, value in spec.let.items()}

    async def run(self, run: StepRun) -> None:
        for name, value in self._values.items():
            run.names[name] = value.render(run.scope())
