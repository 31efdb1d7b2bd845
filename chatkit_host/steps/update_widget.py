"""`update_widget`: the widget that sent the action, or the one named, with new data."""

from __future__ import annotations

from chatkit_host.config import steps as config
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_text, compile_value


class UpdateWidgetStep:
    """Renders anew, with new data over the data last shown. Without a sender it does nothing."""

    def __init__(self, spec: config.UpdateWidgetStep) -> None:
        self._data = compile_value(spec.update_widget)
        self._item = compile_text(spec.item) if spec.item else None

    async def run(self, run: StepRun) -> None:
        scope = run.scope()
        item_id = None if self._item is None else str(self._item.render(scope))
        await run.turn.update_widget(item_id, self._data.render(scope))
