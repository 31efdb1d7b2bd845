"""What the tests of this room share: a thread in memory, a run read to its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from agents import Agent

from chatkit_host import clock
from chatkit_host.agents import (
    AgentContext,
    AgentRun,
    Models,
    OpenAISpec,
    Rule,
    RulesSpec,
    ThreadItemConverter,
    build_provider,
    build_tool,
    run_agent,
)
from chatkit_host.agents.specs import RetrySpec
from chatkit_host.context import RequestContext
from chatkit_host.errors import CustomStreamError
from chatkit_host.store import MemoryStore
from chatkit_host.types import (
    AssistantMessageItem,
    InferenceOptions,
    StreamEvent,
    TextDelta,
    ThreadItem,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadMetadata,
    UserMessageItem,
    UserMessageTextContent,
)
from tests.model_server.server import ModelServer

REQUEST = RequestContext(owner="ann", user={"id": "ann"}, request={})
APIS = ["responses", "chat_completions"]
Context = AgentContext[RequestContext]


class Conversation:
    """A thread whose finished items are stored, as the server's recorder does it."""

    def __init__(self, models: Models) -> None:
        self.store = MemoryStore()
        self.thread = ThreadMetadata(id="thr_1", created_at=clock.now())
        self.models = models
        self.context: Context = self.new_context()

    def new_context(self) -> Context:
        return AgentContext(thread=self.thread, store=self.store, request_context=REQUEST)

    async def add(self, item: ThreadItem) -> None:
        await self.store.save_thread(self.thread, REQUEST)
        await self.store.add_thread_item(self.thread.id, item, REQUEST)

    async def user_says(self, text: str) -> None:
        await self.add(user_message(text))

    async def items(self) -> list[ThreadItem]:
        page = await self.store.load_thread_items(self.thread.id, None, 100, "asc", REQUEST)
        return page.data

    async def run(self, agent: Agent[Any], **options: Any) -> AgentRun:
        """A run over all of the thread; a new context each time, as in a new turn."""
        self.context = self.new_context()
        given = await ThreadItemConverter().to_agent_input(await self.items())
        options.setdefault("provider", self.models)
        return run_agent(self.context, agent, given, **options)

    async def turn(self, agent: Agent[Any], **options: Any) -> list[StreamEvent]:
        """A whole run's events; finished items are stored."""
        events = []
        async with await self.run(agent, **options) as run:
            async for event in run:
                events.append(event)
                await self.record(event)
        return events

    async def failing_turn(
        self, agent: Agent[Any], **options: Any
    ) -> tuple[list[StreamEvent], CustomStreamError]:
        """A run that fails: its events up to then, and what the user is told."""
        events = []
        run = await self.run(agent, **options)
        try:
            async for event in run:
                events.append(event)
                await self.record(event)
        except CustomStreamError as error:
            return events, error
        raise AssertionError("the run came to its end")

    async def record(self, event: StreamEvent) -> None:
        if isinstance(event, ThreadItemDoneEvent):
            await self.add(event.item)


def user_message(text: str) -> UserMessageItem:
    return UserMessageItem(
        id=f"msg_{text}",
        thread_id="thr_1",
        created_at=clock.now(),
        content=[UserMessageTextContent(text=text)],
        inference_options=InferenceOptions(),
    )


def models_at(server: ModelServer, api: str, **options: Any) -> Models:
    once = RetrySpec(attempts=1)
    options = {"retry": once, "api_key": "k", "base_url": server.base_url, **options}
    return build_provider({"m": OpenAISpec(model="m", api=api, **options)}, default="m")  # type: ignore[arg-type]


class Template:
    """A renderer of the tests' own."""

    def __init__(self, render: Callable[[Mapping[str, Any]], Any]) -> None:
        self._render = render

    def render(self, scope: Mapping[str, Any], /) -> Any:
        return self._render(scope)


def template(text: str) -> Template:
    """`str.format` over the scope."""
    return Template(lambda scope: text.format(**scope))


EMPTY: dict[str, Any] = {"type": "object", "properties": {}}


def agent(**fields: Any) -> Agent[Any]:
    return Agent(**{"name": "ann", "model": "m", **fields})


def tool(name: str, result: object = "fine") -> Any:
    """A tool that gives this result, or raises it."""

    async def handler(_: dict[str, Any], __: Any) -> Any:
        if isinstance(result, Exception):
            raise result
        return result

    return build_tool(name, name, EMPTY, handler)


def messages_sent(server: ModelServer, number: int = -1) -> list[dict[str, Any]]:
    """What a request to the model held, in either API."""
    body = server.requests[number].body
    sent: list[dict[str, Any]] = body["input"] if "input" in body else body["messages"]
    return sent


def rule(match: str | None = None, **fields: Any) -> Rule:
    pattern = None if match is None else re.compile(match, re.IGNORECASE)
    if isinstance(fields.get("say"), str):
        fields["say"] = template(fields["say"])
    return Rule(match=pattern, **fields)


def rules_models(*rules: Rule) -> Models:
    return build_provider({"m": RulesSpec(rules)}, default="m")


def texts(events: Sequence[StreamEvent]) -> list[str]:
    """What the assistant said, message by message, as the finished items have it."""
    items = [event.item for event in events if isinstance(event, ThreadItemDoneEvent)]
    return [
        "".join(p.text for p in i.content) for i in items if isinstance(i, AssistantMessageItem)
    ]


def deltas(events: Sequence[StreamEvent]) -> list[str]:
    return [event.delta for event in events if isinstance(event, TextDelta)]


def removed(events: Sequence[StreamEvent]) -> list[str]:
    return [event.item_id for event in events if isinstance(event, ThreadItemRemovedEvent)]


def done_items(events: Sequence[StreamEvent], kind: type[Any]) -> list[Any]:
    items = [event.item for event in events if isinstance(event, ThreadItemDoneEvent)]
    return [item for item in items if isinstance(item, kind)]
