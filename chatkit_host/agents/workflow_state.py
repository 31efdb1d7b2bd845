"""What an `AgentContext` needs to know of workflows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chatkit_host import clock
from chatkit_host.types import (
    ClientToolCallItem,
    DurationSummary,
    ThreadItem,
    Workflow,
    WorkflowItem,
    is_hidden,
)


def new_workflow_item(item_id: str, thread_id: str, workflow: Workflow) -> WorkflowItem:
    """An item for a workflow that begins now, with a list of tasks of its own."""
    return WorkflowItem(
        id=item_id,
        thread_id=thread_id,
        created_at=clock.now(),
        workflow=workflow.model_copy(update={"tasks": list(workflow.tasks)}),
    )


def snapshot(item: WorkflowItem) -> WorkflowItem:
    """The item as it is now, for an event: what changes later must not change the event."""
    return item.model_copy(deep=True)


def lasted(item: WorkflowItem, until: datetime) -> DurationSummary:
    """The summary of a workflow that nobody summed up: whole seconds."""
    return DurationSummary(duration=int((until - item.created_at).total_seconds()))


def closes_workflow(item: ThreadItem, workflow: WorkflowItem) -> bool:
    """Whether the workflow is over because the client sees this item after it.

    A workflow of custom tasks that has none yet was never shown, and so waits.
    """
    if item.id == workflow.id or isinstance(item, ClientToolCallItem) or is_hidden(item):
        return False
    return workflow.workflow.type == "reasoning" or bool(workflow.workflow.tasks)


def open_workflow(recent: Sequence[ThreadItem]) -> WorkflowItem | None:
    """The workflow to go on with, given the newest items of the thread, newest last.

    That is the last item, or the one before a client tool call, if it was never ended.
    """
    seen = [item for item in recent if not is_hidden(item)][-2:]
    if len(seen) == 2 and isinstance(seen[1], ClientToolCallItem):
        seen.pop()
    last = seen[-1] if seen else None
    if isinstance(last, WorkflowItem) and last.workflow.summary is None:
        return last
    return None
