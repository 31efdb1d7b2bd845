"""Guardrails stop a run at once, and take back only what was unfinished."""

from __future__ import annotations

from typing import Any

from agents import GuardrailFunctionOutput, InputGuardrail, OutputGuardrail

from chatkit_host.types import (
    AssistantMessageItem,
    ThreadItemAddedEvent,
)
from tests.agents.harness import (
    Conversation,
    agent,
    done_items,
    removed,
    tool,
)
from tests.model_server.script import call, hang, say
from tests.model_server.server import ModelServer


async def test_a_guard_stops_the_model_at_once(
    talk: Conversation, model_server: ModelServer
) -> None:
    pause = hang()

    async def guard(given: Any) -> str | None:
        await model_server.wait(pause.reached)
        return "No card numbers, please."

    await talk.user_says("hi")
    model_server.reply(say("Your card"), pause)
    events, error = await talk.failing_turn(agent(), guards=[guard])
    assert error.message == "No card numbers, please."
    await model_server.wait(pause.disconnected)
    [message] = [e.item.id for e in events if isinstance(e, ThreadItemAddedEvent)]
    assert removed(events) == [message]


async def test_a_parallel_guardrail_of_the_sdk_stops_the_model_at_once(
    talk: Conversation, model_server: ModelServer
) -> None:
    pause = hang()

    async def guard(*_: Any) -> GuardrailFunctionOutput:
        await model_server.wait(pause.reached)
        info = {"message": "Not this."}
        return GuardrailFunctionOutput(output_info=info, tripwire_triggered=True)

    await talk.user_says("hi")
    model_server.reply(say("Well"), pause)
    guarded = agent(input_guardrails=[InputGuardrail(guardrail_function=guard)])
    events, error = await talk.failing_turn(guarded)
    assert error.message == "Not this."
    await model_server.wait(pause.disconnected)
    assert len(removed(events)) == 1


async def test_an_output_guardrail_takes_the_answer_back_and_leaves_the_rest(
    talk: Conversation, model_server: ModelServer
) -> None:
    async def guard(*_: Any) -> GuardrailFunctionOutput:
        return GuardrailFunctionOutput(output_info=None, tripwire_triggered=True)

    await talk.user_says("hi")
    model_server.reply(say("Looking. "), call("look"))
    model_server.reply(say("Bad words"))
    guarded = agent(
        tools=[tool("look")], output_guardrails=[OutputGuardrail(guardrail_function=guard)]
    )
    events, _ = await talk.failing_turn(guarded)
    first, second = done_items(events, AssistantMessageItem)
    assert removed(events) == [second.id]
    assert first.content[0].text == "Looking. "
