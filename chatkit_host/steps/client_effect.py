"""`client_effect`: something for the page to do; nobody waits for it."""

from __future__ import annotations

from chatkit_host.config import steps as config
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_value
from chatkit_host.types import ClientEffectEvent


class ClientEffectStep:
    """Sends a client effect."""

    def __init__(self, spec: config.ClientEffectStep) -> None:
        self._name = spec.client_effect.name
        self._data = compile_value(spec.client_effect.data)

    async def run(self, run: StepRun) -> None:
        data = self._data.render(run.scope())
        await run.turn.stream(ClientEffectEvent(name=self._name, data=data))
