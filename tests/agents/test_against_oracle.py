"""The same run through `openai-chatkit` and through ours: the same events, but for ids and times.

Left out is what ours does on purpose: tool calls are kept, hidden, in the thread.
"""

from __future__ import annotations

import warnings
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from agents import Agent, RunConfig, Runner

from chatkit_host.agents import ClientToolCall, build_tool, stream_agent_response
from chatkit_host.components import Card, Text
from chatkit_host.types import CustomTask
from tests.agents.harness import EMPTY, Conversation, agent, models_at
from tests.model_server.script import Part, call, refuse, say, think
from tests.model_server.server import ModelServer

with warnings.catch_warnings():
    # It calls most of its own widget classes deprecated, which is of no interest here.
    warnings.simplefilter("ignore")
    from chatkit.agents import AgentContext as OracleContext
    from chatkit.agents import ClientToolCall as OracleCall
    from chatkit.agents import stream_agent_response as oracle_stream
    from chatkit.types import CustomTask as OracleTask
    from chatkit.types import ThreadMetadata as OracleThread
    from chatkit.widgets import Card as OracleCard
    from chatkit.widgets import Text as OracleText

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

Names = SimpleNamespace
OURS = Names(call=ClientToolCall, task=CustomTask, card=Card, text=Text)
THEIRS = Names(call=OracleCall, task=OracleTask, card=OracleCard, text=OracleText)

SCRIPTS: dict[str, list[list[Part]]] = {
    "text": [[say("Good day to you")]],
    "two messages": [[say("One"), say("Two")]],
    "reasoning": [[think("Let me see."), say("Hello")]],
    "two thoughts": [[think("One."), think("Two."), say("Hello")]],
    "a tool": [[say("Looking. "), call("look")], [say("Red.")]],
    "a tool with tasks": [[think("Hm."), call("work")], [say("Worked.")]],
    "a tool with a widget": [[call("show")], [say("Shown.")]],
    "a client tool": [[call("ask", {"a": 1}, call_id="call_1")]],
}


def tools(names: Any) -> list[Any]:
    async def look(_: dict[str, Any], __: Any) -> str:
        return "red"

    async def work(_: dict[str, Any], tool: Any) -> str:
        for title in ("one", "two"):
            await tool.context.add_workflow_task(names.task(title=title))
        await tool.context.update_workflow_task(names.task(title="three"), 1)
        return "ok"

    async def show(_: dict[str, Any], tool: Any) -> str:
        await tool.context.stream_widget(names.card(children=[names.text(value="hi")]))
        return "ok"

    async def ask(arguments: dict[str, Any], tool: Any) -> None:
        tool.context.client_tool_call = names.call(name="asked", arguments=arguments)

    handlers = {"look": look, "work": work, "show": show, "ask": ask}
    return [build_tool(name, name, EMPTY, handler) for name, handler in handlers.items()]


class OracleStore:
    """As much of a store as the oracle needs in a run."""

    def __init__(self) -> None:
        self._numbers = count()

    def generate_item_id(self, *_: Any) -> str:
        return f"id_{next(self._numbers)}"

    async def load_thread_items(self, *_: Any) -> Any:
        return SimpleNamespace(data=[])

    async def add_thread_item(self, *_: Any) -> None:
        pass


def run(models: Any, starting: Agent[Any], context: Any) -> Any:
    config = RunConfig(model_provider=models, tracing_disabled=True)
    return Runner.run_streamed(starting, "hi", context=context, run_config=config)


async def as_json(events: AsyncIterator[Any]) -> list[Any]:
    """The events with ids numbered in the order of their appearance, without times."""
    names: dict[str, str] = {}
    plain = [e.model_dump(mode="json", by_alias=True, exclude_none=True) async for e in events]
    seen = [e for e in plain if e.get("item", {}).get("type") != "tool_call"]
    return [normal(event, names) for event in seen]


def normal(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [normal(part, names) for part in value]
    if not isinstance(value, dict):
        return value
    plain = {}
    for key, part in value.items():
        if key in ("id", "item_id"):
            plain[key] = names.setdefault(part, f"id_{len(names)}")
        elif key not in ("created_at", "thread_id"):
            plain[key] = normal(part, names)
    return plain


def enqueue(server: ModelServer, script: Sequence[Sequence[Part]]) -> None:
    for parts in script:
        server.reply(*parts)


@pytest.mark.parametrize("name", SCRIPTS)
async def test_a_run_gives_the_same_events(name: str, model_server: ModelServer) -> None:
    talk = Conversation(models_at(model_server, "responses"))
    await talk.user_says("hi")
    stop = {"stop_at_tool_names": ["ask"]}

    enqueue(model_server, SCRIPTS[name])
    ours = agent(tools=tools(OURS), tool_use_behavior=stop)
    result = run(talk.models, ours, talk.context)
    got = await as_json(stream_agent_response(talk.context, result))

    enqueue(model_server, SCRIPTS[name])
    context: Any = OracleContext(
        thread=OracleThread(id="thr_1", created_at=datetime.now()),  # noqa: DTZ005 - as it wants it
        store=OracleStore(),
        request_context=None,
    )
    theirs = agent(tools=tools(THEIRS), tool_use_behavior=stop)
    result = run(talk.models, theirs, context)
    expected = await as_json(oracle_stream(context, result))

    assert got == expected
    await talk.models.aclose()


async def test_a_refusal_is_streamed_where_the_oracle_says_nothing_until_the_end(
    model_server: ModelServer,
) -> None:
    talk = Conversation(models_at(model_server, "responses"))
    await talk.user_says("hi")
    model_server.reply(refuse("I would rather not."))
    got = await as_json(
        stream_agent_response(talk.context, run(talk.models, agent(), talk.context))
    )
    deltas = [e["update"]["delta"] for e in got if "delta" in e.get("update", {})]
    assert "".join(deltas) == "I would rather not."
    await talk.models.aclose()
