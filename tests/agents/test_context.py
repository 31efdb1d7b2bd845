"""The context: workflows, widgets, and the order of events."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chatkit_host import clock
from chatkit_host.components import Card, Text
from chatkit_host.types import (
    AssistantMessageItem,
    ClientToolCallItem,
    CustomSummary,
    CustomTask,
    DurationSummary,
    HiddenContextItem,
    StreamEvent,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    Workflow,
)
from tests.agents.harness import Context, Conversation, rules_models


@pytest.fixture
def context() -> Context:
    return Conversation(rules_models()).context


async def drained(context: Context) -> list[Any]:
    context._events.close()
    events: list[StreamEvent] = await context._events.take()
    return events


def item(kind: type[Any], **fields: Any) -> Any:
    return kind(id="x", thread_id="thr_1", created_at=clock.now(), **fields)


async def test_contexts_share_no_queue() -> None:
    talk = Conversation(rules_models())
    one, two = talk.new_context(), talk.new_context()
    await one.start_workflow(Workflow(type="reasoning", tasks=[]))
    assert await drained(two) == []
    assert len(await drained(one)) == 1


async def test_a_custom_workflow_appears_with_its_first_task(context: Context) -> None:
    await context.start_workflow(Workflow(type="custom", tasks=[]))
    await context.add_workflow_task(CustomTask(title="one"))
    await context.add_workflow_task(CustomTask(title="two"))
    added, second = await drained(context)
    assert [t.title for t in added.item.workflow.tasks] == ["one"]
    assert (second.update.task_index, second.update.task.title) == (1, "two")


async def test_equal_tasks_have_places_of_their_own(context: Context) -> None:
    for _ in range(3):
        await context.add_workflow_task(CustomTask(title="same"))
    _, second, third = await drained(context)
    assert [second.update.task_index, third.update.task_index] == [1, 2]


async def test_an_event_does_not_change_with_the_task(context: Context) -> None:
    task = CustomTask(title="one", status_indicator="loading")
    await context.add_workflow_task(task)
    task.status_indicator = "complete"
    await context.update_workflow_task(task, 0)
    added, updated = await drained(context)
    assert added.item.workflow.tasks[0].status_indicator == "loading"
    assert updated.update.task.status_indicator == "complete"


async def test_updating_without_a_workflow_is_an_error(context: Context) -> None:
    with pytest.raises(ValueError, match="no workflow"):
        await context.update_workflow_task(CustomTask(), 0)


async def test_ending_sums_up(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    await context.end_workflow()
    began = clock.now()
    monkeypatch.setattr(clock, "now", lambda: began)
    await context.add_workflow_task(CustomTask(title="one"))
    monkeypatch.setattr(clock, "now", lambda: began + timedelta(seconds=5.5))
    await context.end_workflow(expanded=True)
    _, done = await drained(context)
    assert done.item.workflow.summary == DurationSummary(duration=5)
    assert done.item.workflow.expanded
    assert context.workflow_item is None


async def test_a_summary_of_ones_own_is_kept(context: Context) -> None:
    await context.add_workflow_task(CustomTask(title="one"))
    await context.end_workflow(CustomSummary(title="Baked"))
    _, done = await drained(context)
    assert done.item.workflow.summary.title == "Baked"


async def test_what_the_client_sees_next_ends_the_workflow(context: Context) -> None:
    await context.add_workflow_task(CustomTask(title="one"))
    await context.stream(ThreadItemDoneEvent(item=item(HiddenContextItem, content="unseen")))
    call = item(ClientToolCallItem, call_id="c", name="n", arguments={})
    await context.stream(ThreadItemDoneEvent(item=call))
    await context.stream_widget(Card(children=[Text(value="seen")]))
    kinds = [(e.type, e.item.type) for e in await drained(context)]
    assert kinds == [
        ("thread.item.added", "workflow"),
        ("thread.item.done", "hidden_context_item"),
        ("thread.item.done", "client_tool_call"),
        ("thread.item.done", "workflow"),
        ("thread.item.done", "widget"),
    ]


async def test_taking_back_removes_only_what_is_unfinished(context: Context) -> None:
    done = item(AssistantMessageItem, content=[])
    await context.stream(ThreadItemAddedEvent(item=done))
    await context.stream(ThreadItemDoneEvent(item=done))
    await context.start_workflow(Workflow(type="reasoning", tasks=[]))
    assert context.workflow_item is not None
    workflow = context.workflow_item.id
    context.take_back()
    *_, removed = await drained(context)
    assert removed.item_id == workflow
    assert context.workflow_item is None


async def test_ids_are_the_stores(context: Context) -> None:
    assert context.generate_id("thread").startswith("thr_")
    assert context.generate_id("workflow").startswith("wf_")


async def test_whoever_makes_events_can_wait_until_they_are_dealt_with(context: Context) -> None:
    queue = context._events
    await queue.settled()  # nobody reads: there is nothing to wait for
    queue.begin_reading()
    await context.start_workflow(Workflow(type="reasoning", tasks=[]))
    assert len(await queue.take()) == 1
    waiting = queue.settled()
    queue.close()
    assert await queue.take() == []
    await waiting
