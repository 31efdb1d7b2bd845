"""A model's reasoning, shown as the tasks of a workflow."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from chatkit_host.agents.context import AgentContext
from chatkit_host.types import ThoughtTask, Workflow

TEXT = "/text"
"""Sets a reasoning item's raw text apart from its summary; a server sends one or the other."""


class StreamingThoughtTracker(BaseModel):
    """The thought that is being streamed: of which reasoning item, which of its thoughts, and the
    task that shows it."""

    item_id: str
    index: int
    task: ThoughtTask


class Thoughts:
    """Shows thoughts in the turn's workflow.

    The first thought of a new reasoning workflow is streamed, so that something is seen early;
    later ones appear when they are complete.
    """

    def __init__(self, context: AgentContext[Any]) -> None:
        self._context = context
        self._texts: dict[tuple[str, int], str] = {}
        self._done: set[tuple[str, int]] = set()
        self._streaming: StreamingThoughtTracker | None = None

    async def begin(self) -> None:
        """The model begins to reason."""
        if self._context.workflow_item is None:
            await self._context.start_workflow(Workflow(type="reasoning", tasks=[]))

    async def add(self, item: str, index: int, delta: str) -> None:
        """Thought number `index` of the reasoning item goes on."""
        text = self._texts[item, index] = self._texts.get((item, index), "") + delta
        if self._is_streaming(item, index):
            await self._update(text)
        elif self._may_stream():
            task = ThoughtTask(content=text)
            self._streaming = StreamingThoughtTracker(item_id=item, index=index, task=task)
            await self._context.add_workflow_task(self._streaming.task)

    async def finish(self, item: str, index: int, text: str) -> None:
        """The thought is complete; servers say so once, twice or never."""
        if (item, index) in self._done:
            return
        self._done.add((item, index))
        if self._is_streaming(item, index):
            await self._update(text)
            self._streaming = None
        elif self._context.workflow_item is not None:
            await self._context.add_workflow_task(ThoughtTask(content=text))

    async def finish_all(self, item: str) -> None:
        """The reasoning item is complete, and so are those thoughts of it that never said so."""
        for (of, index), text in list(self._texts.items()):
            if of in (item, item + TEXT):
                await self.finish(of, index, text)

    def _is_streaming(self, item: str, index: int) -> bool:
        tracker = self._streaming
        return tracker is not None and (tracker.item_id, tracker.index) == (item, index)

    def _may_stream(self) -> bool:
        workflow = self._context.workflow_item
        return (
            workflow is not None
            and workflow.workflow.type == "reasoning"
            and not workflow.workflow.tasks
        )

    async def _update(self, text: str) -> None:
        tracker, workflow = self._streaming, self._context.workflow_item
        if tracker is None or workflow is None:
            return
        for place, task in enumerate(workflow.workflow.tasks):
            # By identity: two thoughts may say the same.
            if task is tracker.task:
                tracker.task = ThoughtTask(content=text)
                await self._context.update_workflow_task(tracker.task, place)
                return
