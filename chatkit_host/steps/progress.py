"""`progress`: a passing word on what goes on."""

from __future__ import annotations

from chatkit_host.config import steps as config
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_text
from chatkit_host.types import ProgressUpdateEvent


class ProgressStep:
    """Sends a progress update."""

    def __init__(self, spec: config.ProgressStep) -> None:
        self._text = compile_text(spec.progress.text)
        self._icon = spec.progress.icon

    async def run(self, run: StepRun) -> None:
        text = str(self._text.render(run.scope()))
        await run.turn.stream(ProgressUpdateEvent(text=text, icon=self._icon))
