"""`hidden_context`: kept in the thread for the model, never sent to the client."""

from __future__ import annotations

from chatkit_host import clock
from chatkit_host.config import steps as config
from chatkit_host.ids import new_id
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_text
from chatkit_host.types import HiddenContextItem, ThreadItemDoneEvent


class HiddenContextStep:
    """Adds a hidden item. What is filled in is escaped, so that data cannot close a tag."""

    def __init__(self, spec: config.HiddenContextStep) -> None:
        self._text = compile_text(spec.hidden_context, escape=True)

    async def run(self, run: StepRun) -> None:
        item = HiddenContextItem(
            id=new_id("hcx"),
            thread_id=run.turn.thread.id,
            created_at=clock.now(),
            content=str(self._text.render(run.scope())),
        )
        await run.turn.stream(ThreadItemDoneEvent(item=item))
