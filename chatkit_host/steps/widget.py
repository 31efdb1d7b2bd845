"""`widget`: shows a widget; its name and data are kept with the item."""

from __future__ import annotations

from chatkit_host.config import steps as config
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_text, compile_value


class WidgetStep:
    """Adds a widget item."""

    def __init__(self, spec: config.WidgetStep) -> None:
        shown = spec.widget
        self._name = shown.name
        self._data = compile_value(shown.data)
        self._copy_text = compile_text(shown.copy_text) if shown.copy_text else None

    async def run(self, run: StepRun) -> None:
        scope = run.scope()
        copy_text = None if self._copy_text is None else str(self._copy_text.render(scope))
        await run.turn.show_widget(self._name, self._data.render(scope), copy_text)
