"""`message`: says something, as the assistant."""

from __future__ import annotations

from chatkit_host import clock
from chatkit_host.config import steps as config
from chatkit_host.steps.sources import annotation
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_text, compile_value
from chatkit_host.types import (
    Annotation,
    AssistantMessageContent,
    AssistantMessageItem,
    ThreadItemDoneEvent,
)


class MessageStep:
    """Adds an assistant message."""

    def __init__(self, spec: config.MessageStep) -> None:
        self._text = compile_text(spec.message.text)
        cited = spec.message.annotations
        self._annotations = None if cited is None else compile_value(cited)

    async def run(self, run: StepRun) -> None:
        text = str(self._text.render(run.scope()))
        item = AssistantMessageItem(
            id=run.turn.generate_id("message"),
            thread_id=run.turn.thread.id,
            created_at=clock.now(),
            content=[AssistantMessageContent(text=text, annotations=self._cited(run, text))],
        )
        await run.turn.stream(ThreadItemDoneEvent(item=item))

    def _cited(self, run: StepRun, text: str) -> list[Annotation]:
        if self._annotations is None:
            return []
        return [annotation(given, text) for given in self._annotations.render(run.scope()) or ()]
