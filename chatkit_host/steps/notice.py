"""`notice`: tells the user something that is no part of the conversation."""

from __future__ import annotations

from chatkit_host.config import steps as config
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_text
from chatkit_host.types import NoticeEvent


class NoticeStep:
    """Sends a notice."""

    def __init__(self, spec: config.NoticeStep) -> None:
        self._level = spec.notice.level
        self._message = compile_text(spec.notice.message)
        self._title = None if spec.notice.title is None else compile_text(spec.notice.title)

    async def run(self, run: StepRun) -> None:
        scope = run.scope()
        title = None if self._title is None else str(self._title.render(scope))
        message = str(self._message.render(scope))
        await run.turn.stream(NoticeEvent(level=self._level, message=message, title=title))
