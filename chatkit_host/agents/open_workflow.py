"""Workflows that outlive a turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chatkit_host.agents.context import AgentContext
from chatkit_host.agents.workflow_state import open_workflow
from chatkit_host.types import ThreadItem


async def go_on_with_workflow(
    context: AgentContext[Any], recent: Sequence[ThreadItem] | None
) -> None:
    """Take up the workflow that the last turn left open, if it did."""
    if context.workflow_item is not None:
        return
    if recent is None:
        page = await context.store.load_thread_items(
            context.thread.id, None, 4, "desc", context.request_context
        )
        recent = list(reversed(page.data))
    context.workflow_item = open_workflow(recent)


async def keep_workflow(context: AgentContext[Any]) -> None:
    """Store a workflow that is still open, for the next turn to go on with."""
    if context.workflow_item is not None:
        await context.store.add_thread_item(
            context.thread.id, context.workflow_item, context.request_context
        )
