"""`stream_agent_response`, for people who call the `Runner` themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any, cast

import pytest
from agents import (
    Agent,
    GuardrailFunctionOutput,
    InputGuardrail,
    InputGuardrailTripwireTriggered,
    RunConfig,
    Runner,
    RunResultStreaming,
)

from chatkit_host.agents import Display, accumulate_text, stream_agent_response
from chatkit_host.components import Markdown
from chatkit_host.types import (
    AssistantMessageItem,
    CustomTask,
    ThreadItemAddedEvent,
    ToolCallItem,
    Workflow,
    WorkflowItem,
)
from tests.agents.harness import (
    Conversation,
    agent,
    done_items,
    removed,
    texts,
    tool,
)
from tests.model_server.script import call, die, hang, say, think
from tests.model_server.server import ModelServer


def begin(talk: Conversation, starting: Agent[Any]) -> RunResultStreaming:
    config = RunConfig(model_provider=talk.models, tracing_disabled=True)
    return Runner.run_streamed(starting, "hi", context=talk.context, run_config=config)


async def stream(talk: Conversation, starting: Agent[Any]) -> list[Any]:
    await talk.user_says("hi")
    return [e async for e in stream_agent_response(talk.context, begin(talk, starting))]


async def test_all_events_are_public_models(talk: Conversation, model_server: ModelServer) -> None:
    model_server.reply(say("Good day"))
    events = await stream(talk, agent())
    updates = [event.update.type for event in events if event.type == "thread.item.updated"]
    assert updates == [
        "assistant_message.content_part.added",
        "assistant_message.content_part.text_delta",
        "assistant_message.content_part.text_delta",
        "assistant_message.content_part.done",
    ]
    assert texts(events) == ["Good day"]


async def test_tool_calls_are_kept(talk: Conversation, model_server: ModelServer) -> None:
    model_server.reply(call("look"))
    model_server.reply(say("Red."))
    events = await stream(talk, agent(tools=[tool("look", {"is": "red"})]))
    assert [i.output for i in done_items(events, ToolCallItem)] == ['{"is": "red"}']
    assert len({i.id for i in done_items(events, AssistantMessageItem)}) == 1


async def test_errors_come_as_they_are(talk: Conversation, model_server: ModelServer) -> None:
    model_server.reply(say("One"), die())
    with pytest.raises(Exception, match="Connection error"):
        await stream(talk, agent())


async def test_leaving_cancels_the_run(talk: Conversation, model_server: ModelServer) -> None:
    await talk.user_says("hi")
    pause = hang()
    model_server.reply(say("One"), pause)
    given = cast("Any", stream_agent_response(talk.context, begin(talk, agent())))
    async with aclosing(given) as events:
        async for _ in events:
            break
    await model_server.wait(pause.disconnected)


async def test_a_tripwire_takes_back_what_was_unfinished(
    talk: Conversation, model_server: ModelServer
) -> None:
    pause = hang()

    async def guard(*_: Any) -> GuardrailFunctionOutput:
        await model_server.wait(pause.reached)
        return GuardrailFunctionOutput(output_info=None, tripwire_triggered=True)

    await talk.user_says("hi")
    model_server.reply(say("One"), pause)
    guarded = agent(input_guardrails=[InputGuardrail(guardrail_function=guard)])
    events: list[Any] = []

    async def read() -> None:
        async for event in stream_agent_response(talk.context, begin(talk, guarded)):
            events.append(event)

    with pytest.raises(InputGuardrailTripwireTriggered):
        await read()
    await model_server.wait(pause.disconnected)
    added = [event.item.id for event in events if isinstance(event, ThreadItemAddedEvent)]
    assert removed(events) == added


async def test_an_open_workflow_goes_on_in_the_next_turn(
    talk: Conversation, model_server: ModelServer
) -> None:
    await talk.user_says("hi")
    await talk.context.start_workflow(Workflow(type="reasoning", tasks=[]))
    model_server.reply(think("First."), call("look"))
    stop = agent(tools=[tool("look")], tool_use_behavior="stop_on_first_tool")
    async for _ in stream_agent_response(talk.context, begin(talk, stop)):
        pass
    [kept] = [i for i in await talk.items() if isinstance(i, WorkflowItem)]
    assert [task.content for task in kept.workflow.tasks if task.type == "thought"] == ["First."]

    talk.context = talk.new_context()
    model_server.reply(think("Second."), say("Done."))
    events = [e async for e in stream_agent_response(talk.context, begin(talk, agent()))]
    [done] = done_items(events, WorkflowItem)
    assert done.id == kept.id
    assert [task.content for task in done.workflow.tasks] == ["First.", "Second."]


async def test_text_accumulates_in_a_widget(talk: Conversation, model_server: ModelServer) -> None:
    model_server.reply(say("Good day"))
    run = begin(talk, agent())
    events = cast("AsyncIterator[Any]", run.stream_events())
    base = Markdown(id="m", value="", streaming=True)
    states = [(w.value, w.streaming) async for w in accumulate_text(events, base)]
    assert states == [("", True), ("Good ", True), ("Good day", True), ("Good day", False)]


async def test_a_display_of_ones_own_shows_handoffs_and_hides_thoughts(
    talk: Conversation, model_server: ModelServer
) -> None:
    class Own(Display):
        def shows_thoughts(self, agent: str | None) -> bool:
            return agent == "vet"

        def handoff_task(self, agent: str) -> CustomTask:
            return CustomTask(title=f"Over to {agent}")

    await talk.user_says("hi")
    model_server.reply(think("Secret."), call("transfer_to_vet"))
    model_server.reply(think("Open."), say("Vet here."))
    result = begin(talk, agent(handoffs=[agent(name="vet")]))
    events = [e async for e in stream_agent_response(talk.context, result, display=Own())]
    [workflow] = done_items(events, WorkflowItem)
    shown = [task.title or task.content for task in workflow.workflow.tasks]
    assert shown == ["Over to vet", "Open."]
    assert "Secret" not in str(events)
