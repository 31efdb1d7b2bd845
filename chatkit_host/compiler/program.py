"""The program: everything that chatkit.yaml declares, compiled, and how a turn runs it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    aclosing,
    asynccontextmanager,
    nullcontext,
)
from pathlib import Path
from typing import Any

from chatkit_host import clock
from chatkit_host.actions import Action
from chatkit_host.agents.nesting import one_deeper
from chatkit_host.agents.tool_error import ToolError
from chatkit_host.agents.turn_context import STATE_KEY, TurnContext
from chatkit_host.agents.waiting import ANSWER_WAITS, TurnEnded
from chatkit_host.compiler.actions import Actions
from chatkit_host.compiler.agents import Agents
from chatkit_host.compiler.answers import newest_answers, no_answers
from chatkit_host.compiler.approvals import Approvals, is_approval
from chatkit_host.compiler.attachments import Uploads
from chatkit_host.compiler.describe import describe
from chatkit_host.compiler.entities import Entities
from chatkit_host.compiler.history import load_history
from chatkit_host.compiler.hooks import NEW_KEY, Hooks
from chatkit_host.compiler.names import file_names, turn_names
from chatkit_host.compiler.picks import Picks
from chatkit_host.compiler.rails import compile_rails
from chatkit_host.compiler.said import said_beside
from chatkit_host.compiler.shared import Shared
from chatkit_host.compiler.state import StateDefaults
from chatkit_host.compiler.state_holds import StateHolds
from chatkit_host.compiler.titles import Titles
from chatkit_host.compiler.tools import compile_tools
from chatkit_host.compiler.transcription import compile_transcription
from chatkit_host.compiler.usage import APART, record_usage
from chatkit_host.compiler.widgets import Widgets
from chatkit_host.components import WidgetRoot
from chatkit_host.config.root import Config
from chatkit_host.context import RequestContext
from chatkit_host.errors import (
    CustomStreamError,
    InvalidRequestError,
    ThreadInactiveError,
    UnavailableError,
)
from chatkit_host.ids import new_id
from chatkit_host.logger import logger
from chatkit_host.server.live_thread import LiveThreads
from chatkit_host.server.thread_status import require_active
from chatkit_host.store import Store
from chatkit_host.templates import RenderError
from chatkit_host.types import (
    ActiveStatus,
    FeedbackKind,
    StreamEvent,
    SyncCustomActionResponse,
    ThreadItem,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadMetadata,
    UserMessageItem,
    WidgetItem,
    is_hidden,
)


class Program:
    """What the generated server runs; tools, steps and agents find each other here (`Parts`)."""

    def __init__(
        self,
        config: Config,
        base_dir: Path,
        store: Store[RequestContext],
        uploads: Uploads | None = None,
    ) -> None:
        self.config = config
        self.store = store
        self.actions = Actions(config)
        self.picks = Picks(config)
        self._entities = Entities(config)
        rails = compile_rails(config)
        self.tools = compile_tools(config, rails)
        self.widgets = Widgets(config, base_dir)
        self.agents = Agents(config, self.tools, rails, uploads)
        self.transcriber = compile_transcription(config)
        self._state = StateDefaults(config)
        self._shared = Shared(config, store)
        self._state_holds = StateHolds()
        self.live_threads = LiveThreads(store)
        self.hooks = Hooks(config)
        self._titles = Titles(config, self.agents)
        self.approvals = Approvals(
            config, self.tools, self.widgets, self.agents, store, self._answer
        )

    # What the app asks for.

    def load(self) -> None:
        """Import the Agents SDK, and make the agents; it takes 1 to 2 s."""
        self.agents.load()

    async def aclose(self) -> None:
        """Close the connections to models."""
        await self.agents.close()
        if self.transcriber is not None:
            await self.transcriber.aclose()

    def describe(self) -> Mapping[str, Sequence[str]]:
        """Names by kind."""
        return describe(self.config)

    # What the server asks for.

    async def respond_to(
        self, thread: ThreadMetadata, message: UserMessageItem | None, context: RequestContext
    ) -> AsyncGenerator[StreamEvent, None]:
        """The answer to a message, or to what else began the turn."""
        turn = await self._begin(thread, context, message=message)
        named_after = None if self.agents.objects_to(turn) else message
        try:
            async with (
                self._titles.beside(turn, named_after),
                aclosing(self._welcome_and_answer(turn)) as events,
            ):
                async for event in events:
                    yield event
        finally:
            await record_usage(turn, APART, turn.take_spent())

    async def act(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: RequestContext,
    ) -> AsyncGenerator[StreamEvent, None]:
        """The steps of an action, or what follows from the answer to an approval."""
        turn = await self._begin(thread, context, sender=sender)
        doing = (
            self.approvals.answer(turn, action)
            if is_approval(action)
            else turn.events_of(self.actions.run(action, turn))
        )
        async with aclosing(doing) as events:
            try:
                async for event in events:
                    yield event
            except ToolError as error:
                raise CustomStreamError(str(error)) from error
            finally:
                await record_usage(turn, APART, turn.take_spent())

    async def act_sync(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: RequestContext,
    ) -> SyncCustomActionResponse:
        """The steps of a sync action; the answer is the widget as they leave it."""
        turn = await self._begin(thread, context, sender=sender)
        turn.may_wait = False
        updated: ThreadItem | None = None
        async with aclosing(turn.events_of(self.actions.run(action, turn))) as events:
            try:
                async for event in events:
                    item = await self.store_quietly(event, thread, context)
                    updated = item or updated
            except ToolError as error:
                raise InvalidRequestError(str(error)) from error
        return SyncCustomActionResponse(updated_item=updated)

    async def begin_quietly(self, thread: ThreadMetadata, context: RequestContext) -> TurnContext:
        """A turn that nobody reads: of an endpoint, or of a hook."""
        turn = await self._begin(thread, context)
        turn.may_wait = False
        return turn

    async def hear(
        self,
        thread: ThreadMetadata,
        item_ids: Sequence[str],
        kind: FeedbackKind,
        context: RequestContext,
    ) -> None:
        """The steps of `on: feedback`."""
        turn = await self.begin_quietly(thread, context)
        given = {"kind": kind, "item_ids": list(item_ids)}
        work = self.hooks.feedback.run(turn, {"feedback": given})
        async with aclosing(turn.events_of(work)) as events:
            try:
                async for event in events:
                    await self.store_quietly(event, thread, context)
            except ToolError as error:
                raise InvalidRequestError(str(error)) from error
            finally:
                await record_usage(turn, APART, turn.take_spent())

    async def settle(self, thread: ThreadMetadata, context: RequestContext) -> list[StreamEvent]:
        """Give up the approvals that the user wrote a message instead of; gives what is seen."""
        shown: list[StreamEvent] = []
        for event in await self.approvals.close(thread, context):
            if await self.store_quietly(event, thread, context) is not None:
                shown.append(event)
        return shown

    # What an element asks besides.

    @property
    def entities(self) -> Program | None:
        """What knows of things that can be mentioned, if there are any."""
        return self if self.config.entities else None

    async def search_entities(
        self, query: str, thread_id: str | None, context: RequestContext
    ) -> list[dict[str, Any]]:
        """What fits a query."""
        return self._entities.search(query, await self._looking_on(thread_id, context))

    async def preview_entity(
        self, entity: Mapping[str, Any], thread_id: str | None, context: RequestContext
    ) -> dict[str, Any] | None:
        """The widget that shows an entity, if its kind has one."""
        turn = await self._looking_on(thread_id, context)
        try:
            widget = self._entities.preview(entity, turn)
        except RenderError as error:
            # The entity is the client's word, and need not be one that a search has given.
            logger.warning("no preview of %r: %s", entity["id"], error)
            raise InvalidRequestError("entity: there is no preview of this one.") from error
        if widget is None:
            return None
        return widget.model_dump(mode="json", by_alias=True, exclude_none=True)

    async def _looking_on(self, thread_id: str | None, context: RequestContext) -> TurnContext:
        """A turn that writes nothing, in a thread of the asker's, or in one that is not there."""
        if thread_id is None:
            thread = ThreadMetadata(id=new_id("thr"), created_at=clock.now())
        else:
            thread = await self.store.load_thread(thread_id, context=context)
        return await self._begin(thread, context)

    def limit_images(self, thread: ThreadMetadata) -> None:
        """The file's word on where pictures come from holds for old threads too."""
        allowed = self.config.respond.allowed_image_domains
        if allowed is not None and thread.allowed_image_domains != [*allowed]:
            thread.allowed_image_domains = [*allowed]

    # What steps and tools ask for.

    async def call_tool(self, name: str, arguments: dict[str, Any], turn: TurnContext) -> Any:
        return await self.tools[name].call(arguments, turn)

    async def ask_agent(
        self, name: str, text: str, turn: TurnContext, call_id: str | None = None
    ) -> Any:
        async with self._letting_go(turn, name):
            return await self.agents.ask(name, text, turn, call_id)

    async def answer_as(self, name: str, text: str, turn: TurnContext) -> Any:
        async with self._letting_go(turn, name):
            return await self.agents.speak(name, text, turn)

    async def ask_approvals(self, child: TurnContext, turn: TurnContext) -> None:
        async with aclosing(self.approvals.ask(child)) as events:
            async for event in events:
                await turn.stream(event)

    async def respond(self, agent: str | None, further: str | None, turn: TurnContext) -> None:
        _require_open(turn)
        # What the steps have shown so far must be in the thread before its history is read.
        await turn.settled()
        child = turn.child()
        async with (
            self._letting_go(turn, agent or "the agent"),
            aclosing(self._answer(child, agent, further)) as events,
        ):
            async for event in events:
                await turn.stream(event)
        if child.waits:
            turn.has_asked = True
            raise TurnEnded(ANSWER_WAITS)

    def holding_state(self, turn: TurnContext) -> AbstractAsyncContextManager[None]:
        if not turn.thread.id:  # an endpoint's, which has no thread
            return nullcontext()
        live = self.live_threads.find(turn.thread)
        return self._state_holds.holding(turn.thread.id, live, turn.fail)

    async def refresh_thread(self, turn: TurnContext) -> None:
        live = self.live_threads.find(turn.thread)
        if live is not None:
            await live.refresh(turn.request_context)

    def build_widget(self, name: str, data: Mapping[str, Any]) -> WidgetRoot:
        return self.widgets.build(name, data)

    # How it is done.

    @asynccontextmanager
    async def _letting_go(self, turn: TurnContext, agent: str) -> AsyncIterator[None]:
        """While a model thinks, nothing is held; then the thread is taken first, as always."""
        with one_deeper(agent):
            async with turn.shared.let_go(), self._state_holds.let_go(turn.thread.id):
                yield

    async def _begin(
        self,
        thread: ThreadMetadata,
        context: RequestContext,
        *,
        message: UserMessageItem | None = None,
        sender: WidgetItem | None = None,
    ) -> TurnContext:
        turn = TurnContext(
            thread=thread,
            store=self.store,
            request_context=context,
            parts=self,
            shared=self._shared.of(context),
            names=self._names(context, message) | {"answers": no_answers(self.config)},
            is_open=isinstance(thread.status, ActiveStatus),
            said_beside=said_beside(message),
            sender=sender,
        )
        await turn.shared.refresh()
        self._fill_state(turn)
        self.limit_images(thread)
        return turn

    def _fill_state(self, turn: TurnContext) -> None:
        filled, live = self._state.fill(turn), self.live_threads.find(turn.thread)
        if filled and live is not None:
            live.assume({STATE_KEY: filled})

    def _names(self, context: RequestContext, message: UserMessageItem | None) -> dict[str, Any]:
        names = turn_names(self.config.data, context, message, self.config.request)
        return names if self.config.attachments is None else names | file_names(message)

    async def _welcome_and_answer(self, turn: TurnContext) -> AsyncGenerator[StreamEvent, None]:
        """In a new thread, what `on: thread_created` says; and the answer."""
        if turn.thread.metadata.pop(NEW_KEY, False):
            hook = turn.child()
            async with aclosing(hook.events_of(self.hooks.welcome(hook))) as events:
                try:
                    async for event in events:
                        yield event
                except ToolError as error:
                    raise CustomStreamError(str(error)) from error
            if hook.waits:
                return
        async with aclosing(self._answer(turn)) as answer:
            async for event in answer:
                yield event

    async def _answer(
        self, turn: TurnContext, agent: str | None = None, further: str | None = None
    ) -> AsyncGenerator[StreamEvent, None]:
        for given_up in await self.approvals.close(turn.thread, turn.request_context):
            yield given_up
        history = await load_history(turn, self.config.respond.history)
        turn.names["answers"].update(newest_answers(history))
        async with aclosing(self.agents.run(turn, history, agent, further)) as events:
            async for event in events:
                yield event
        async with aclosing(self.approvals.ask(turn)) as events:
            async for event in events:
                yield event

    async def _store_first(self, thread: ThreadMetadata) -> None:
        """What an event may tell of is stored before it."""
        live = self.live_threads.find(thread)
        if live is not None:
            failures = live.failures
            await live.save()
            if live.failures != failures:
                raise UnavailableError("What was done could not be stored; try again later.")

    async def store_quietly(
        self, event: StreamEvent, thread: ThreadMetadata, context: RequestContext
    ) -> ThreadItem | None:
        """Store what an event brings; gives a visible item that was replaced."""
        await self._store_first(thread)
        match event:
            case ThreadItemDoneEvent():
                await self.store.add_thread_item(thread.id, event.item, context=context)
            case ThreadItemReplacedEvent():
                await self.store.save_item(thread.id, event.item, context=context)
                return None if is_hidden(event.item) else event.item
        return None


def _require_open(turn: TurnContext) -> None:
    """Let no agent answer in a thread that is locked or closed, and not by this very turn.

    Raises:
        ToolError: it is; with the reason that was given for it.
    """
    if turn.is_open:
        return
    try:
        require_active(turn.thread)
    except ThreadInactiveError as error:
        raise ToolError(str(error)) from error
