"""`approval:` → questions to a person, their answers, and what becomes of the calls.

A run that wants approvals stops. What it takes to go on is kept in the thread as one hidden item,
and each question as a card. The answers come as actions, one a request, perhaps after a restart;
with the last of them the run goes on.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from typing import Any

from chatkit_host import clock
from chatkit_host.actions import Action
from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.agents.wording import INTERRUPTED
from chatkit_host.compiler.actions import offers
from chatkit_host.compiler.agents import Agents, PausedAgent
from chatkit_host.compiler.approval_card import approval_card, approval_data, digest
from chatkit_host.compiler.widgets import Widgets
from chatkit_host.components import WidgetRoot
from chatkit_host.config.approval import APPROVAL_ACTION
from chatkit_host.config.root import Config
from chatkit_host.context import RequestContext
from chatkit_host.errors import (
    ConflictError,
    ForbiddenError,
    InvalidRequestError,
    NotFoundError,
)
from chatkit_host.ids import new_id
from chatkit_host.logger import logger
from chatkit_host.server.thread_status import require_active
from chatkit_host.store import Store
from chatkit_host.templates import RenderError
from chatkit_host.tools import Tool, argument_scope
from chatkit_host.types import (
    ApprovalItem,
    ApprovalQuestion,
    OpenCall,
    StreamEvent,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadMetadata,
    ToolCallItem,
    WidgetItem,
)

OPEN_KEY = "chatkit_host.approval"
"""Where a thread's metadata keeps the id of the item of a run that waits."""

WENT_ON = "Not carried out: the user was asked to approve this call, and went on without an answer."
CHANGED = "Not carried out: the host has changed since the user was asked to approve this call."
OTHER_ANSWER = (
    "Not carried out: it wants the user's approval, and something else waits for an answer. "
    "Call it again afterwards."
)
UNREADABLE = "Error: The arguments are not valid JSON."
ANSWERED = "This has been answered already, or is no longer asked."


class Approvals:
    """Asks, takes answers, and closes what nobody answers."""

    def __init__(
        self,
        config: Config,
        tools: Mapping[str, Tool],
        widgets: Widgets,
        agents: Agents,
        store: Store[RequestContext],
        respond: Callable[[TurnContext], AsyncGenerator[StreamEvent, None]],
    ) -> None:
        self._config = config
        self._tools = tools
        self._widgets = widgets
        self._agents = agents
        self._store = store
        self._respond = respond
        self._going_on: set[str] = set()

    # Asking.

    async def ask(self, turn: TurnContext) -> AsyncGenerator[StreamEvent, None]:
        """Put the questions of a run that has stopped, if it has, and keep the run."""
        paused: PausedAgent | None = turn.paused
        if paused is None:
            return
        if turn.client_tool_call is not None or turn.has_asked:
            turn.paused = None
            for put_off in self._call_events(turn.thread, paused.open_calls, OTHER_ANSWER):
                yield put_off
            return
        item = self._paused_item(turn, paused)
        turn.thread.metadata[OPEN_KEY] = item.id
        yield ThreadItemDoneEvent(item=item)
        for question in item.questions:
            if question.card is not None:
                yield ThreadItemDoneEvent(item=self._card(item, question))
        if all(question.decision for question in item.questions):
            async with aclosing(self._go_on(turn, item)) as events:
                async for event in events:
                    yield event

    def _paused_item(self, turn: TurnContext, paused: PausedAgent) -> ApprovalItem:
        return ApprovalItem(
            id=new_id("apr"),
            thread_id=turn.thread.id,
            created_at=clock.now(),
            agent=paused.agent,
            by_name=paused.by_name,
            names={name: turn.names.get(name) for name in ("text", "tool_choice")},
            state=paused.run.state,
            questions=[self._question(turn, each) for each in paused.run.interruptions],
            open_calls=list(paused.open_calls),
        )

    def _question(self, turn: TurnContext, waiting: Any) -> ApprovalQuestion:
        tool = self._tools.get(waiting.name or "")
        arguments = _parsed(waiting.arguments)
        question = ApprovalQuestion(
            id=new_id("ask"),
            tool=waiting.name or "",
            call_id=waiting.call_id or "",
            agent=waiting.agent.name,
            arguments=waiting.arguments or "",
            version=tool.approval.version if tool and tool.approval else "",
        )
        if arguments is None:  # there is nothing that a person could agree to
            question.decision, question.reason = "rejected", UNREADABLE
            return question
        question.card = turn.generate_id("message")
        if tool is not None and tool.approval is not None:
            names = {name: arguments.get(name) for name in tool.parameters.get("properties", {})}
            question.message = tool.approval.message(argument_scope(turn, names))
        return question

    # Taking answers.

    async def check(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: RequestContext,
        *,
        sync: bool,
    ) -> None:
        """Whether this answer may be given; any client may send any.

        Raises:
            InvalidRequestError: it comes in the wrong way.
            ForbiddenError: nothing in this thread asks for it.
            ConflictError: it was given already, or is no longer wanted.
        """
        if sync:
            raise InvalidRequestError(f"params.action: {action.type} comes as custom_action")
        require_active(thread)
        item, question = await self._asked(thread, action, sender, context)
        open_id = thread.metadata.get(OPEN_KEY)
        if item.status != "open" or question.decision is not None or open_id != item.id:
            raise ConflictError(ANSWERED)
        # `1 == True` in Python, and yet no card has offered it.
        answered = isinstance(action.payload.get("approve"), bool)
        if sender is None or not answered or not offers(sender, action):
            raise ForbiddenError("No widget of this thread offers this answer.")

    async def _asked(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: RequestContext,
    ) -> tuple[ApprovalItem, ApprovalQuestion]:
        payload = action.payload if isinstance(action.payload, Mapping) else {}
        try:
            item = await self._store.load_item(thread.id, str(payload.get("run")), context=context)
        except NotFoundError:
            item = None
        for question in item.questions if isinstance(item, ApprovalItem) else ():
            is_it = question.id == payload.get("question") and digest(question) == payload.get(
                "call"
            )
            if is_it and sender is not None and sender.id == question.card:
                assert isinstance(item, ApprovalItem)
                return item, question
        raise ForbiddenError("No widget of this thread offers this answer.")

    async def answer(
        self, turn: TurnContext, action: Action[str, Any]
    ) -> AsyncGenerator[StreamEvent, None]:
        """Write an answer down that has been checked; go on with the run if it was the last."""
        item, question = await self._asked(turn.thread, action, turn.sender, turn.request_context)
        question.decision = "approved" if action.payload["approve"] is True else "rejected"
        question.reason = _reason(question, action.payload)
        yield ThreadItemReplacedEvent(item=item)
        yield ThreadItemReplacedEvent(item=self._card(item, question))
        if any(each.decision is None for each in item.questions):
            return
        turn.names.update(item.names)
        async with aclosing(self._go_on(turn, item)) as events:
            async for event in events:
                yield event

    async def _go_on(
        self, turn: TurnContext, item: ApprovalItem
    ) -> AsyncGenerator[StreamEvent, None]:
        turn.paused = None
        try:
            self._require_unchanged(item)
            run = await self._agents.thaw(turn, item)
        except Exception:
            # Restarted with another file, or another version of the SDK: what was approved is
            # not what would be done. The model reads so, and can tell the user.
            logger.warning("the run of %s cannot go on", item.id, exc_info=True)
            for event in await self._closed(turn.thread, item, CHANGED, turn.request_context):
                yield event
            rest = self._respond(turn)
        else:
            yield ThreadItemReplacedEvent(
                item=item.model_copy(update={"status": "resumed", "state": ""})
            )  # from here on it is never done again
            rest = self._resumed(turn, item, run)
        async with aclosing(rest) as events:
            async for event in events:
                yield event

    async def _resumed(
        self, turn: TurnContext, item: ApprovalItem, run: Any
    ) -> AsyncGenerator[StreamEvent, None]:
        left = {call.call_id: call for call in item.open_calls}
        announced: set[str] = set()
        self._going_on.add(item.id)
        try:
            async with aclosing(self._agents.go_on(turn, item, run)) as events:
                async for event in events:
                    left.pop(_ended_call(event), None)
                    announced.add(_begun_call(event))
                    yield event
            announced.clear()
        finally:
            self._going_on.discard(item.id)
            if turn.thread.metadata.get(OPEN_KEY) == item.id:
                del turn.thread.metadata[OPEN_KEY]
            if turn.paused is None:
                # What a broken turn was told of, it keeps itself.
                lost = [call for call in left.values() if call.call_id not in announced]
                await self._note_lost(turn, lost)
        async with aclosing(self.ask(turn)) as events:
            async for event in events:
                yield event

    def _require_unchanged(self, item: ApprovalItem) -> None:
        for question in item.questions:
            tool = self._tools.get(question.tool)
            has = self._config.agents.get(question.agent)
            now = "" if tool is None or tool.approval is None else tool.approval.version
            usable = has is not None and question.tool in has.tools
            if question.decision == "approved" and (now != question.version or not usable):
                raise LookupError(f"{question.tool} of {question.agent} is no longer what it was")

    async def _note_lost(self, turn: TurnContext, calls: list[OpenCall]) -> None:
        """The turn was cancelled while they were carried out: the model must hear of them."""
        for event in self._call_events(turn.thread, calls, INTERRUPTED):
            await self._store.add_thread_item(
                turn.thread.id, event.item, context=turn.request_context
            )

    # Closing.

    async def close(
        self, thread: ThreadMetadata, context: RequestContext, reason: str = WENT_ON
    ) -> list[StreamEvent]:
        """Give up what still waits in this thread; the model reads why. Gives the events of it."""
        open_id = thread.metadata.get(OPEN_KEY)
        if open_id is None or open_id in self._going_on:  # a tool of that very run lets answer
            return []
        del thread.metadata[OPEN_KEY]
        try:
            item = await self._store.load_item(thread.id, open_id, context=context)
        except NotFoundError:  # gone with what a retry has taken back
            return []
        if not isinstance(item, ApprovalItem):
            return []
        return await self._closed(thread, item, reason, context)

    async def _closed(
        self, thread: ThreadMetadata, item: ApprovalItem, reason: str, context: RequestContext
    ) -> list[StreamEvent]:
        thread.metadata.pop(OPEN_KEY, None)
        calls = item.open_calls
        if item.status == "resumed":  # the process has died in the middle of it
            reason, calls = INTERRUPTED, await self._without_output(thread, item, context)
        undone = item.status == "open"
        closed = item.model_copy(update={"status": "closed", "state": ""})
        left = [each for each in closed.questions if each.card and (undone or not each.decision)]
        for each in left:
            if each.decision == "approved":  # and yet not carried out
                each.decision = None
        return [
            *self._call_events(thread, calls, reason),
            ThreadItemReplacedEvent(item=closed),
            *(ThreadItemReplacedEvent(item=self._card(closed, each)) for each in left),
        ]

    async def _without_output(
        self, thread: ThreadMetadata, item: ApprovalItem, context: RequestContext
    ) -> list[OpenCall]:
        page = await self._store.load_thread_items(thread.id, item.id, 200, "asc", context=context)
        ended = {each.call_id for each in page.data if isinstance(each, ToolCallItem)}
        return [call for call in item.open_calls if call.call_id not in ended]

    # What both need.

    def _call_events(
        self, thread: ThreadMetadata, calls: Sequence[OpenCall], output: str
    ) -> Iterator[ThreadItemDoneEvent]:
        for call in calls:
            item = ToolCallItem(
                id=new_id("tc"),
                thread_id=thread.id,
                created_at=clock.now(),
                call_id=call.call_id,
                name=call.name,
                arguments=call.arguments,
                output=output,
            )
            yield ThreadItemDoneEvent(item=item)

    def _card(self, item: ApprovalItem, question: ApprovalQuestion) -> WidgetItem:
        return WidgetItem(
            id=question.card or "",
            thread_id=item.thread_id,
            created_at=item.created_at,
            widget=self._widget(item, question),
        )

    def _widget(self, item: ApprovalItem, question: ApprovalQuestion) -> WidgetRoot:
        """The author's widget, or the host's where there is none, or where that one fails."""
        tool = self._tools.get(question.tool)
        description = "" if tool is None else tool.description
        is_open = item.status == "open" and question.decision is None
        data = approval_data(question, description, item.id, is_open=is_open)
        name = tool.approval.widget if tool and tool.approval else None
        if name is None:
            return approval_card(question, data)
        try:
            return self._widgets.build(name, self._wanted(name, data))
        except RenderError as error:
            logger.warning("the widget %s cannot ask for an approval: %s", name, error)
            return approval_card(question, data)

    def _wanted(self, widget: str, data: dict[str, Any]) -> dict[str, Any]:
        """The part of the data that a widget's schema names; all of it where it has none."""
        schema = self._config.widgets[widget].data
        if schema is None:
            return data
        names = schema.get("properties", {})
        return {key: value for key, value in data.items() if key in names and value is not None}


def is_approval(action: Action[str, Any]) -> bool:
    """Whether an action is the answer to one of these questions."""
    return action.type == APPROVAL_ACTION


def _reason(question: ApprovalQuestion, payload: Mapping[str, Any]) -> str | None:
    """What the model reads of a rejection, if the card let the user say why."""
    said = payload.get("reason")
    if question.decision == "approved" or not isinstance(said, str) or not said.strip():
        return None
    return said.strip()


def _ended_call(event: StreamEvent) -> str:
    item = event.item if isinstance(event, ThreadItemDoneEvent) else None
    return item.call_id if isinstance(item, ToolCallItem) else ""


def _begun_call(event: StreamEvent) -> str:
    item = event.item if isinstance(event, ThreadItemAddedEvent) else None
    return item.call_id if isinstance(item, ToolCallItem) else ""


def _parsed(arguments: str | None) -> dict[str, Any] | None:
    try:
        given = json.loads(arguments or "{}")
    except ValueError:
        return None
    return given if isinstance(given, dict) else None
