"""A task that shows something while it goes on, wherever its workflow has got to meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from chatkit_host.agents.workflow_state import snapshot
from chatkit_host.types import Task, ThreadItemReplacedEvent, WorkflowItem

if TYPE_CHECKING:
    from chatkit_host.agents.context import AgentContext

Indicator = Literal["none", "loading", "complete"]


class ShownTask:
    """One task of a workflow, by its place: others may be added beside it, equal ones too."""

    def __init__(self, context: AgentContext[Any], item: WorkflowItem, place: int) -> None:
        self._context = context
        self._item = item
        self._place = place

    @property
    def task(self) -> Task:
        """The task as it was shown last."""
        return self._item.workflow.tasks[self._place]

    async def change(self, task: Task | None = None, indicator: Indicator = "complete") -> None:
        """Show the task as it is now; without one, only its indicator changes."""
        task = task or self.task
        task = task.model_copy(update={"status_indicator": indicator})
        if self._context.workflow_item is self._item:
            await self._context.update_workflow_task(task, self._place)
            return
        # What came after it has ended the workflow: a widget of the tool's own, for one.
        self._item.workflow.tasks[self._place] = task
        self._context.emit(ThreadItemReplacedEvent(item=snapshot(self._item)))
