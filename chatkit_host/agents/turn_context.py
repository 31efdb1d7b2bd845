"""The context of one turn of a declared bot: what steps, tools and templates act on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from typing import Annotated, Any, NoReturn, Protocol

from pydantic import Field, PrivateAttr, SkipValidation

from chatkit_host import clock
from chatkit_host.agents.client_tools import ClientToolCall
from chatkit_host.agents.context import AgentContext
from chatkit_host.agents.shown_task import ShownTask
from chatkit_host.agents.spent import Spent
from chatkit_host.agents.tool_error import ToolError
from chatkit_host.agents.waiting import (
    PAGE_ASKED,
    QUESTIONS_PUT,
    TurnEnded,
    current_call,
    require_thread,
)
from chatkit_host.components import WidgetRoot
from chatkit_host.context import RequestContext
from chatkit_host.errors import NotFoundError
from chatkit_host.ids import new_id
from chatkit_host.templates import BUILD_WIDGET
from chatkit_host.types import (
    ClientToolCallItem,
    StreamEvent,
    StructuredInput,
    StructuredInputItem,
    Task,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    WidgetDataItem,
    WidgetItem,
)

ONE_CALL = "The page runs one tool at a time; call this one again afterwards."
"""What the second of two calls for the page is told, in one turn."""

SHOWN_BY_PYTHON = "This widget was built in Python, not from `widgets`; no step can update it."
"""What `update_widget` says of a widget that has neither a name nor data."""

STATE_KEY = "state"
"""Where a thread's metadata keeps the state that `chatkit.yaml` declares."""


class Parts(Protocol):
    """What the configuration declares, compiled; steps and tools find each other through it."""

    async def call_tool(self, name: str, arguments: dict[str, Any], turn: TurnContext) -> Any:
        """The result of a tool; what it shows is shown. Raises ToolError."""

    async def ask_agent(
        self, name: str, text: str, turn: TurnContext, call_id: str | None = None
    ) -> Any:
        """What an agent answers to a text, apart from the thread.

        `call_id` is that of the model's call that this answers: then it can wait for approvals.
        """

    async def answer_as(self, name: str, text: str, turn: TurnContext) -> Any:
        """Let an agent answer a text in the thread; gives what it said."""

    async def ask_approvals(self, child: TurnContext, turn: TurnContext) -> None:
        """Put the questions of the run within a run that has stopped for them, into the thread."""

    async def respond(self, agent: str | None, further: str | None, turn: TurnContext) -> None:
        """Let an agent answer in the thread, as it now is."""

    def holding_state(self, turn: TurnContext) -> AbstractAsyncContextManager[None]:
        """Keep other lists of steps from writing the thread, until the end; then it is stored."""

    async def refresh_thread(self, turn: TurnContext) -> None:
        """Load what other processes have written into the thread meanwhile."""

    def build_widget(self, name: str, data: Mapping[str, Any]) -> WidgetRoot:
        """A widget with its data, which is checked. Raises RenderError."""


class SharedInTurn(Protocol):
    """What `shared` is in a turn."""

    values: Mapping[str, Any]
    is_there: bool

    async def refresh(self) -> None:
        """Load the values as they now are."""

    def writing(self, places: Iterable[str]) -> AbstractAsyncContextManager[None]:
        """Hold what lies in these places, until the end."""

    def let_go(self) -> AbstractAsyncContextManager[None]:
        """Let others write meanwhile."""

    def changing(self) -> AbstractAsyncContextManager[set[str]]:
        """Write what is changed within, which must be held, at the end and all at once."""


class TurnContext(AgentContext[RequestContext]):
    """One turn. `state` is the thread's own and live: what is written there is kept.

    Attributes:
        parts: tools, agents and widgets by name.
        shared: what all threads have in common, as it was when it was last looked at.
        names: what templates see besides `state`, `thread` and `now`.
        is_open: whether the thread took messages when the turn began.
        said_beside: what the message that began the turn says besides its text.
        sender: the widget whose action this is.
        may_wait: whether a turn can come after this one, with an answer; not of a sync action.
        has_asked: whether questions were put to the user in this turn.
        paused: the run that waits for approvals, if one does.
        objections: why calls of the model, by id, are not carried out, whoever would be asked.
    """

    parts: Annotated[Any, SkipValidation]
    shared: Annotated[Any, SkipValidation]
    names: dict[str, Any] = Field(default_factory=dict)
    is_open: bool = True
    said_beside: tuple[str, ...] = ()
    sender: Annotated[WidgetItem | None, SkipValidation] = None
    may_wait: bool = True
    has_asked: bool = False
    paused: Annotated[Any, SkipValidation] = None
    objections: dict[str, str] = Field(default_factory=dict)

    _bills: list[Spent] = PrivateAttr(default_factory=list)
    _tasks: dict[str, ShownTask] = PrivateAttr(default_factory=dict)

    def spend(self, spent: Spent) -> None:
        """Note what was spent beside the turn's own run: by an agent that serves as a tool."""
        self._bills.append(spent)

    def take_spent(self) -> Spent:
        """What was spent beside, once."""
        spent = sum(self._bills, Spent())
        self._bills.clear()
        return spent

    async def put_task(self, task: Task, task_id: str | None) -> None:
        """Show a task; with the id of one that was shown, change what is said of that one."""
        known = None if task_id is None else self._tasks.get(task_id)
        if known is not None and type(known.task) is type(task):
            changes = {field: getattr(task, field) for field in task.model_fields_set}
            task = known.task.model_copy(update=changes)
        if known is not None:
            await known.change(task, task.status_indicator)
            return
        shown = await self.show_task(task, task.status_indicator)
        if task_id is not None:
            self._tasks[task_id] = shown

    @property
    def state(self) -> dict[str, Any]:
        """The thread's state, writable."""
        state: dict[str, Any] = self.thread.metadata.setdefault(STATE_KEY, {})
        return state

    def scope(self) -> dict[str, Any]:
        """Every name that a template sees in this turn."""
        thread = self.thread
        shown = {
            "id": thread.id,
            "title": thread.title,
            "status": thread.status.type,
            "created_at": thread.created_at,
            "metadata": {k: v for k, v in thread.metadata.items() if k != STATE_KEY},
        }
        return {
            **self.names,
            "state": self.state,
            "thread": shown,
            "now": clock.now(),
            BUILD_WIDGET: self._widget_value,
            **({"shared": self.shared.values} if self.shared.is_there else {}),
        }

    def _widget_value(self, name: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """A widget as the JSON that a client gets."""
        root = self.parts.build_widget(name, data)
        value: dict[str, Any] = root.model_dump(mode="json", by_alias=True, exclude_none=True)
        return value

    @property
    def waits(self) -> bool:
        """Whether the turn ends until somebody answers."""
        return self.client_tool_call is not None or self.has_asked or self.paused is not None

    async def ask_page(self, name: str, arguments: Mapping[str, Any]) -> NoReturn:
        """Have the page run its tool of this name; the turn ends until it answers.

        Raises:
            TurnEnded: it was asked.
            ToolError: it was asked something in this turn already, or nobody could go on.
        """
        self._require_waiting("Asking the page")
        if self.client_tool_call is not None:
            raise ToolError(ONE_CALL)
        call_id = current_call()
        call = ClientToolCall(name=name, arguments=dict(arguments))
        self.client_tool_call = call.answering(call_id, within=call_id is not None)
        if call_id is None:  # no run will write it down
            await self.stream(ThreadItemDoneEvent(item=self._client_item(name, arguments)))
        raise TurnEnded(PAGE_ASKED.format(name=name))

    async def ask_user(self, questions: Sequence[StructuredInput]) -> NoReturn:
        """Put questions to the user; the answers begin the next turn.

        Raises:
            TurnEnded: they were put.
            ToolError: others were put in this turn already, or nobody could go on.
        """
        self._require_waiting("Putting questions to the user")
        if self.has_asked:
            raise ToolError("There are questions on the screen already; ask all in one go.")
        self.has_asked = True
        item = StructuredInputItem(
            id=new_id("qst"),
            thread_id=self.thread.id,
            created_at=clock.now(),
            inputs=list(questions),
        )
        await self.stream(ThreadItemDoneEvent(item=item))
        raise TurnEnded(QUESTIONS_PUT)

    def _require_waiting(self, what: str) -> None:
        require_thread(what)
        if not self.may_wait:
            raise ToolError(f"{what} cannot be done in a sync action, which has no stream.")

    def _client_item(self, name: str, arguments: Mapping[str, Any]) -> ClientToolCallItem:
        return ClientToolCallItem(
            id=self.generate_id("tool_call"),
            thread_id=self.thread.id,
            created_at=clock.now(),
            call_id=new_id("call"),
            name=name,
            arguments=dict(arguments),
        )

    async def show_widget(
        self, name: str, data: Mapping[str, Any], copy_text: str | None = None
    ) -> None:
        """Add a widget to the thread, with its name and data beside it for later updates."""
        item = WidgetItem(
            id=self.generate_id("message"),
            thread_id=self.thread.id,
            created_at=clock.now(),
            widget=self.parts.build_widget(name, data),
            copy_text=copy_text,
        )
        await self.stream(ThreadItemDoneEvent(item=self._data_item(item, name, data)))
        await self.stream(ThreadItemDoneEvent(item=item))

    async def update_widget(self, item_id: str | None, changes: Mapping[str, Any]) -> None:
        """Show a widget again, the sender by default, with changes over the data last shown.

        Raises:
            NotFoundError: there is no such widget.
            ToolError: Python built it, not `show_widget`.
        """
        await self.settled()  # what this very list has shown must be there to be changed
        item = self.sender if item_id is None else await self.load_widget(item_id)
        if item is None:
            return
        shown = await self._shown_data(item)
        if shown is None:
            raise ToolError(SHOWN_BY_PYTHON)
        data = {**shown.data, **changes}
        new = item.model_copy(update={"widget": self.parts.build_widget(shown.widget, data)})
        await self.stream(ThreadItemReplacedEvent(item=self._data_item(new, shown.widget, data)))
        await self.stream(ThreadItemReplacedEvent(item=new))

    async def sender_names(self) -> dict[str, Any] | None:
        """What templates see as `sender`: its id, and the name and data it was shown with.

        A widget that Python built has no name, and no data.
        """
        if self.sender is None:
            return None
        shown = await self._shown_data(self.sender)
        if shown is None:
            return {"id": self.sender.id, "name": None, "data": {}}
        return {"id": self.sender.id, "name": shown.widget, "data": shown.data}

    async def load_widget(self, item_id: str) -> WidgetItem:
        """A widget of the thread, as it is stored now. Raises NotFoundError."""
        item = await self.store.load_item(self.thread.id, item_id, context=self.request_context)
        if not isinstance(item, WidgetItem):
            raise NotFoundError(f"{item_id} is not a widget.")
        return item

    async def _shown_data(self, item: WidgetItem) -> WidgetDataItem | None:
        try:
            shown = await self.store.load_item(
                self.thread.id, data_id(item.id), context=self.request_context
            )
        except NotFoundError:
            return None
        assert isinstance(shown, WidgetDataItem)
        return shown

    def _data_item(self, item: WidgetItem, name: str, data: Mapping[str, Any]) -> WidgetDataItem:
        return WidgetDataItem(
            id=data_id(item.id),
            thread_id=item.thread_id,
            created_at=item.created_at,
            widget=name,
            data=dict(data),
        )

    async def events_of(self, work: Coroutine[Any, Any, Any]) -> AsyncGenerator[StreamEvent, None]:
        """Do the work beside, and give the events that it makes; then raise what it raised."""
        self._events.begin_reading()
        task = asyncio.ensure_future(self._closing(work))
        try:
            while batch := await self._events.take():
                for event in batch:
                    self._events.check()
                    yield event
            self._events.check()
            await task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task
            self._events.stop_reading()

    def fail(self, error: Exception) -> None:
        """The turn ends with this error: what it was about to tell of could not be stored."""
        self._events.fail(error)

    async def settled(self) -> None:
        """Come back when whoever reads the events, of work or of a run, has stored all so far."""
        await self._events.settled()

    async def _closing(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            await work
        finally:
            if not self.waits:
                # A list of steps has nothing after it that would end its workflow.
                await self.end_workflow()
            self._events.close()

    def child(self) -> TurnContext:
        """The same turn with an event queue of its own, for a run within a run."""
        child = TurnContext(
            thread=self.thread,
            store=self.store,
            request_context=self.request_context,
            parts=self.parts,
            shared=self.shared,
            names=self.names,
            is_open=self.is_open,
            said_beside=self.said_beside,
            sender=self.sender,
            may_wait=self.may_wait,
        )
        child._bills = self._bills
        child._events.failures = self._events.failures
        return child


def data_id(widget_item_id: str) -> str:
    """The id of the hidden item that keeps a widget's name and data."""
    return f"{widget_item_id}_data"
