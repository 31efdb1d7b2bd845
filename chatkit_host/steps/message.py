"""`message`: says something, as the assistant."""

from __future__ import annotations

from chatkit_host import clock
from chatkit_host.config import steps as config
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_text
from chatkit_host.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    ThreadItemDoneEvent,
)


class MessageStep:
    """Adds an assistant message."""

    def __init__(self, spec: config.MessageStep) -> None:
        self._text = compile_text(spec.message.text)

    async def run(self, run: StepRun) -> None:
        text = str(self._text.render(run.scope()))
        item = AssistantMessageItem(
            id=run.turn.generate_id("message"),
            thread_id=run.turn.thread.id,
            created_at=clock.now(),
            content=[AssistantMessageContent(text=text)],
        )
        await run.turn.stream(ThreadItemDoneEvent(item=item))
