"""`let`: names for values, to the end of the list."""

from __future__ import annotations

from typing import Any

from chatkit_host.config import steps as config
from chatkit_host.steps.live import LiveParts
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_value


class LetStep:
    """Binds names, top to bottom; a later one sees the earlier ones."""

    def __init__(self, spec: config.LetStep) -> None:
        self._values = {name: compile_value(value) for name, value in spec.let.items()}

    async def run(self, run: StepRun) -> None:
        for name, value in self._values.items():
            lone = value.lone
            if lone is None:
                run.names[name] = value.render(run.scope())
            else:
                run.names[name] = _bound(lone.live(run.scope()), run)


def _bound(value: Any, run: StepRun) -> Any:
    # A number or a text is no part of anything, and most values are one.
    return LiveParts(run).bound(value) if isinstance(value, dict | list) else value
