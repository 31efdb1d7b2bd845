"""The same run through `openai-chatkit` and through ours, as plain data that can be compared.

Ids are numbered in the order of their appearance, and times are left out. Left out too is what
ours keeps in the thread on purpose, hidden: the calls of server tools.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from agents import Agent, RunConfig, Runner
from pydantic import BaseModel

from chatkit_host import agents as our_agents
from chatkit_host import types as our_types
from chatkit_host import widgets as our_widgets
from chatkit_host.agents import build_tool
from tests.agents.harness import EMPTY, Conversation, agent, models_at
from tests.model_server.script import Part
from tests.model_server.server import ModelServer

with warnings.catch_warnings():
    # It calls most of its own widget classes deprecated, which is of no interest here.
    warnings.simplefilter("ignore")
    import chatkit.agents as their_agents
    import chatkit.types as their_types
    import chatkit.widgets as their_widgets

lets_its_warnings_pass = pytest.mark.filterwarnings("ignore::DeprecationWarning")

__all__ = ["OURS", "Heard", "Scene", "Side", "hear", "lets_its_warnings_pass", "play"]
__all__ += ["their_agents", "without_updates"]

Side = Any
"""One of the packages: `agents`, `types` and `widgets`, whose names are the same in both."""

OURS: Side = SimpleNamespace(agents=our_agents, types=our_types, widgets=our_widgets)
THEIRS: Side = SimpleNamespace(agents=their_agents, types=their_types, widgets=their_widgets)

Tool = Callable[[Side, Any], Any]
"""A tool's work, given the package and the run's context; it may be async."""


@dataclass
class Scene:
    """What is played to both: the model's replies, the tools, and what lies before the run."""

    replies: Sequence[Sequence[Part]]
    tools: Mapping[str, Tool] = field(default_factory=dict)
    stop_at: Sequence[str] = ()
    before: Tool | None = None
    handoffs: Sequence[str] = ()
    guardrails: Mapping[str, Any] = field(default_factory=dict)
    converter: Callable[[Side], Any] | None = None
    history: Callable[[Side], list[Any]] | None = None
    max_turns: int = 10
    keep_times: bool = False


@dataclass
class Heard:
    """What one side gave: its events, and what it raised."""

    events: list[Any]
    error: Exception | None
    stored: list[Any]

    def of(self, kind: str) -> list[Any]:
        return [event for event in self.events if event["type"] == f"thread.{kind}"]

    def items(self, kind: str, item: str) -> list[Any]:
        """The items of events of one kind."""
        return [event["item"] for event in self.of(kind) if _kind(event) == item]


class Store:
    """As much of a store as a run needs, for either side."""

    def __init__(self, items: Sequence[Any]) -> None:
        self._numbers = count()
        self.items = list(items)

    def generate_item_id(self, *_: Any) -> str:
        return f"id_{next(self._numbers)}"

    async def load_thread_items(self, _: Any, __: Any, limit: int, *___: Any) -> Any:
        return SimpleNamespace(data=list(reversed(self.items))[:limit])

    async def add_thread_item(self, _: Any, item: Any, *__: Any) -> None:
        self.items.append(item)


async def play(scene: Scene, server: ModelServer) -> tuple[Heard, Heard]:
    """What ours and theirs make of the scene."""
    return await hear(scene, server, OURS), await hear(scene, server, THEIRS)


async def hear(scene: Scene, server: ModelServer, side: Side) -> Heard:
    """What one of them makes of it."""
    talk = Conversation(models_at(server, "responses"))
    for parts in scene.replies:
        server.reply(*parts)
    store = Store([] if scene.history is None else scene.history(side))
    kept = len(store.items)
    context = new_context(side, store)
    if scene.before is not None:
        await scene.before(side, context)
    result = begin(scene, side, talk, context)
    converter = {} if scene.converter is None else {"converter": scene.converter(side)}
    events: list[Any] = []
    error: Exception | None = None
    try:
        async for event in side.agents.stream_agent_response(context, result, **converter):
            events.append(event.model_dump(mode="json", by_alias=True, exclude_none=True))
    except Exception as raised:
        error = raised
    await talk.models.aclose()
    names: dict[str, str] = {}
    dropped = ("thread_id",) if scene.keep_times else ("thread_id", "created_at")
    seen = [
        normal(e, names, dropped) for e in events if e.get("item", {}).get("type") != "tool_call"
    ]
    return Heard(seen, error, [plain(item, names) for item in store.items[kept:]])


def new_context(side: Side, store: Store) -> Any:
    thread = side.types.ThreadMetadata(id="thr_1", created_at=datetime.now())  # noqa: DTZ005
    context = side.agents.AgentContext(thread=thread, store=store, request_context=None)
    if side is THEIRS:
        # All its contexts would share the one queue of the class's default.
        context._events = type(context._events)()
    return context


def begin(scene: Scene, side: Side, talk: Conversation, context: Any) -> Any:
    others = [Agent(name=name, model="m") for name in scene.handoffs]
    starting = agent(
        tools=[_tool(name, work, side) for name, work in scene.tools.items()],
        tool_use_behavior={"stop_at_tool_names": list(scene.stop_at)},
        handoffs=others,
        **scene.guardrails,
    )
    config = RunConfig(model_provider=talk.models, tracing_disabled=True)
    return Runner.run_streamed(
        starting,
        "hi",
        context=context,
        run_config=config,
        max_turns=scene.max_turns,
        error_handlers={"max_turns": lambda _: "I must stop here."},
    )


def _tool(name: str, work: Tool, side: Side) -> Any:
    async def handler(arguments: dict[str, Any], tool: Any) -> Any:
        return await work(side, tool.context)

    return build_tool(name, name, EMPTY, handler)


def plain(item: BaseModel, names: dict[str, str]) -> Any:
    return normal(item.model_dump(mode="json", by_alias=True, exclude_none=True), names)


def normal(
    value: Any, names: dict[str, str], dropped: Sequence[str] = ("thread_id", "created_at")
) -> Any:
    """The same data with ids by number, and without times."""
    if isinstance(value, list):
        return [normal(part, names, dropped) for part in value]
    if not isinstance(value, dict):
        return value
    named = {}
    for key, part in value.items():
        if key in ("id", "item_id"):
            named[key] = names.setdefault(part, f"id_{len(names)}")
        elif key not in dropped:
            named[key] = normal(part, names, dropped)
    return named


def without_updates(events: Sequence[Any], *kinds: str) -> list[Any]:
    """The events less the updates of these kinds."""
    return [event for event in events if event.get("update", {}).get("type") not in kinds]


def _kind(event: Any) -> str:
    return str(event.get("item", {}).get("type"))
