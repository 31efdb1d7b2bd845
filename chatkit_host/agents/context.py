"""What tools and agents hold during a run: the thread, the store, and the way to the client."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Annotated, Any, Generic

from pydantic import BaseModel, ConfigDict, PrivateAttr, SkipValidation

from chatkit_host import clock
from chatkit_host.agents.client_tools import ClientToolCall
from chatkit_host.agents.event_queue import EventQueue
from chatkit_host.agents.shown_task import Indicator, ShownTask
from chatkit_host.agents.typevars import TContext
from chatkit_host.agents.waiting import current_call
from chatkit_host.agents.workflow_state import closes_workflow, lasted, new_workflow_item, snapshot
from chatkit_host.components import WidgetRoot
from chatkit_host.store import Store, StoreItemType
from chatkit_host.types import (
    GeneratedImageItem,
    StreamEvent,
    Task,
    ThreadItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    Workflow,
    WorkflowItem,
    WorkflowSummary,
    WorkflowTaskAdded,
    WorkflowTaskUpdated,
    is_hidden,
)
from chatkit_host.widgets import stream_widget


class AgentContext(BaseModel, Generic[TContext]):
    """The context of a run: give it to the `Runner`, and tools find it as `ctx.context`.

    Subclass it to carry what your own tools need. Events that are streamed through it reach the
    client in the order in which they were made, among those of the model.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    thread: ThreadMetadata
    store: Annotated[Store[TContext], SkipValidation]
    request_context: TContext
    previous_response_id: str | None = None
    client_tool_call: ClientToolCall | None = None
    workflow_item: WorkflowItem | None = None
    generated_image_item: GeneratedImageItem | None = None

    _events: EventQueue = PrivateAttr(default_factory=EventQueue)
    _open_items: dict[str, None] = PrivateAttr(default_factory=dict)

    def generate_id(self, type: StoreItemType, thread: ThreadMetadata | None = None) -> str:
        """A new id of the store's for a thing of this type, by default in this thread."""
        if type == "thread":
            return self.store.generate_thread_id(self.request_context)
        return self.store.generate_item_id(type, thread or self.thread, self.request_context)

    async def stream(self, event: StreamEvent) -> None:
        """Send an event to the client, in its turn."""
        self.emit(event)

    def emit(self, event: StreamEvent, *, ends_workflow: bool = True) -> None:
        """The same as `stream`, for code that cannot await.

        Args:
            event: what to send.
            ends_workflow: whether an item that is shown after the open workflow ends it.
        """
        kind = type(event)
        if kind is ThreadItemAddedEvent or kind is ThreadItemDoneEvent:
            self._note_item(event, ends_workflow)  # type: ignore[arg-type]
        elif kind is ThreadItemRemovedEvent:
            self._open_items.pop(event.item_id, None)  # type: ignore[union-attr]
        self._events.put(event)

    async def stream_widget(
        self,
        widget: WidgetRoot | AsyncGenerator[WidgetRoot, None],
        copy_text: str | None = None,
    ) -> None:
        """Show a widget; with a generator of its states, stream the differences."""
        async for event in stream_widget(self.thread, widget, copy_text, self.generate_id):
            self.emit(event)

    def call_client(
        self, name: str, arguments: dict[str, Any], *, call_id: str | None = None
    ) -> None:
        """Have the page carry out a call; it ends the turn, and its output begins the next.

        Args:
            name: the client tool, as the page knows it.
            arguments: what it is called with.
            call_id: the model's call that this one answers; without it, the one that is being
                carried out where that is known, else the run finds it out.
        """
        call = ClientToolCall(name=name, arguments=arguments)
        self.client_tool_call = call.answering(call_id or current_call())

    async def start_workflow(self, workflow: Workflow) -> None:
        """Begin a workflow. One of custom tasks is shown when it has the first of them."""
        if self.workflow_item is not None:
            await self.end_workflow()
        self.workflow_item = self._new_workflow_item(workflow)
        if workflow.type == "reasoning" or workflow.tasks:
            self.emit(ThreadItemAddedEvent(item=snapshot(self.workflow_item)))

    async def add_workflow_task(self, task: Task) -> None:
        """Put a task at the end of the workflow; without one, begin a custom workflow."""
        if self.workflow_item is None:
            self.workflow_item = self._new_workflow_item(Workflow(type="custom", tasks=[]))
        item = self.workflow_item
        item.workflow.tasks.append(task)
        index = len(item.workflow.tasks) - 1
        if index == 0 and item.workflow.type != "reasoning":
            self.emit(ThreadItemAddedEvent(item=snapshot(item)))
            return
        update = WorkflowTaskAdded(task=task.model_copy(deep=True), task_index=index)
        self.emit(ThreadItemUpdatedEvent(item_id=item.id, update=update))

    async def update_workflow_task(self, task: Task, task_index: int) -> None:
        """Replace the workflow's task at that place.

        Raises:
            ValueError: there is no workflow.
        """
        item = self.workflow_item
        if item is None:
            raise ValueError("There is no workflow whose task could be updated.")
        item.workflow.tasks[task_index] = task
        update = WorkflowTaskUpdated(task=task.model_copy(deep=True), task_index=task_index)
        self.emit(ThreadItemUpdatedEvent(item_id=item.id, update=update))

    async def show_task(self, task: Task, indicator: Indicator = "loading") -> ShownTask:
        """Add a task for something that goes on; what comes back changes it later."""
        await self.add_workflow_task(task.model_copy(update={"status_indicator": indicator}))
        assert self.workflow_item is not None
        item = self.workflow_item
        return ShownTask(self, item, len(item.workflow.tasks) - 1)

    async def end_workflow(
        self, summary: WorkflowSummary | None = None, expanded: bool = False
    ) -> None:
        """End the workflow, if there is one; without a summary it says how long it took."""
        item = self.workflow_item
        if item is None:
            return
        if summary is not None:
            item.workflow.summary = summary
        self._finish_workflow(item, expanded=expanded)

    def take_back(self, also: Sequence[str] = ()) -> None:
        """Remove every item that was announced and never finished, and those named besides."""
        for item_id in dict.fromkeys([*self._open_items, *also]):
            if self.workflow_item is not None and self.workflow_item.id == item_id:
                self.workflow_item = None
            self.emit(ThreadItemRemovedEvent(item_id=item_id))
        self.generated_image_item = None

    def _new_workflow_item(self, workflow: Workflow) -> WorkflowItem:
        return new_workflow_item(self.generate_id("workflow"), self.thread.id, workflow)

    def _finish_workflow(self, item: WorkflowItem, *, expanded: bool = False) -> None:
        self.workflow_item = None
        if item.workflow.summary is None:
            item.workflow.summary = lasted(item, clock.now())
        item.workflow.expanded = expanded
        self.emit(ThreadItemDoneEvent(item=snapshot(item)))

    def _note_item(
        self, event: ThreadItemAddedEvent | ThreadItemDoneEvent, ends_workflow: bool
    ) -> None:
        item = event.item
        current = self.workflow_item
        if ends_workflow and current is not None and closes_workflow(item, current):
            self._finish_workflow(current)
        if type(event) is ThreadItemDoneEvent:
            self._open_items.pop(item.id, None)
        elif not is_hidden(item):
            self._open_items[item.id] = None
            self._track_workflow(item)

    def _track_workflow(self, item: ThreadItem) -> None:
        """A workflow that was streamed by hand becomes the current one."""
        current = self.workflow_item
        if isinstance(item, WorkflowItem) and (current is None or current.id != item.id):
            self.workflow_item = item
