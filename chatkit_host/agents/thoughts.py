"""A model's reasoning, shown as the tasks of a workflow."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import BaseModel

from chatkit_host.agents.context import AgentContext
from chatkit_host.types import ThoughtTask, Workflow


class StreamingThoughtTracker(BaseModel):
    """The thought that is being streamed: of which reasoning item, which of its thoughts, and the
    task that shows it."""

    item_id: str
    index: int
    task: ThoughtTask


class Thought(NamedTuple):
    """Where a thought stands: which part it is of an item's summary, or of its raw text."""

    item: str
    number: int
    raw: bool = False


class Thoughts:
    """Shows thoughts in the turn's workflow.

    The first thought of a new reasoning workflow is streamed, so that something is seen early;
    later ones appear when they are complete. Raw reasoning is shown where no summary comes; one
    that comes after all takes its place.

    Attributes:
        shown: whether the agent that thinks shows what it thinks.
    """

    def __init__(self, context: AgentContext[Any]) -> None:
        self._context = context
        self._texts: dict[Thought, str] = {}
        self._done: set[Thought] = set()
        self._summed: set[str] = set()
        self._streamed: Thought | None = None
        self._task: ThoughtTask | None = None
        self.shown = True

    async def begin(self) -> None:
        """The model begins to reason."""
        if self.shown and self._context.workflow_item is None:
            await self._context.start_workflow(Workflow(type="reasoning", tasks=[]))

    async def add(self, thought: Thought, delta: str) -> None:
        """The thought goes on."""
        if not self._is_wanted(thought):
            return
        text = self._texts[thought] = self._texts.get(thought, "") + delta
        if thought == self._streamed:
            await self._update(text)
        elif self._may_stream():
            self._streamed, self._task = thought, ThoughtTask(content=text)
            await self._context.add_workflow_task(self._task)

    async def finish(self, thought: Thought, text: str) -> None:
        """The thought is complete; servers say so once, twice or never."""
        if not self._is_wanted(thought) or thought in self._done:
            return
        self._done.add(thought)
        if thought == self._streamed:
            await self._update(text)
        elif self._context.workflow_item is not None:
            await self._context.add_workflow_task(ThoughtTask(content=text))

    async def finish_all(self, item: str, whole: Any) -> None:
        """The reasoning item is complete, and so are those thoughts of it that never said so.

        Args:
            item: which one it is.
            whole: the item as the server sends it when it is done.
        """
        seen = {thought: text for thought, text in self._texts.items() if thought.item == item}
        if not seen and not any(thought.item == item for thought in self._done):
            seen = _thoughts_of(item, whole)
        for thought, text in seen.items():
            await self.finish(thought, text)

    def _is_wanted(self, thought: Thought) -> bool:
        """A summary is always wanted, raw text if there is no summary."""
        if thought.raw:
            return self.shown and thought.item not in self._summed
        if thought.item not in self._summed:
            self._summed.add(thought.item)
            self._take_over(thought)
        return self.shown

    def _take_over(self, thought: Thought) -> None:
        """Go on in the task that showed this item's raw text so far."""
        streamed = self._streamed
        if streamed is not None and streamed.raw and streamed.item == thought.item:
            self._streamed = thought

    def _may_stream(self) -> bool:
        workflow = self._context.workflow_item
        return (
            workflow is not None
            and workflow.workflow.type == "reasoning"
            and not workflow.workflow.tasks
        )

    async def _update(self, text: str) -> None:
        workflow = self._context.workflow_item
        if workflow is None:
            return
        for place, task in enumerate(workflow.workflow.tasks):
            # By identity: two thoughts may say the same.
            if task is self._task:
                self._task = ThoughtTask(content=text)
                await self._context.update_workflow_task(self._task, place)
                return


def _thoughts_of(item: str, whole: Any) -> dict[Thought, str]:
    """The thoughts of a reasoning item that was sent in one piece."""
    summary, content = whole.summary, getattr(whole, "content", None)
    raw = not summary
    parts = enumerate(content or () if raw else summary)
    return {Thought(item, number, raw): part.text for number, part in parts if part.text}
