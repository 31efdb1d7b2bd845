"""Leaving a run stops the model and the tools."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chatkit_host.agents import build_tool
from tests.agents.harness import (
    EMPTY,
    Conversation,
    agent,
    deltas,
)
from tests.model_server.script import call, hang, say
from tests.model_server.server import ModelServer


async def test_leaving_closes_the_models_connection(
    talk: Conversation, model_server: ModelServer
) -> None:
    await talk.user_says("hi")
    pause = hang()
    model_server.reply(say("Well"), pause)
    async with await talk.run(agent()) as run:
        async for event in run:
            if deltas([event]):
                break
    await model_server.wait(pause.disconnected)


async def test_cancelling_the_reader_closes_the_models_connection(
    talk: Conversation, model_server: ModelServer
) -> None:
    await talk.user_says("hi")
    pause = hang()
    model_server.reply(say("Well"), pause)
    reader = asyncio.create_task(talk.turn(agent()))
    await model_server.wait(pause.reached)
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    await model_server.wait(pause.disconnected)


async def test_leaving_while_a_tool_works_stops_the_tool(
    talk: Conversation, model_server: ModelServer
) -> None:
    began, stopped = asyncio.Event(), asyncio.Event()

    async def work(_: dict[str, Any], __: Any) -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    await talk.user_says("hi")
    model_server.reply(call("work"))
    reader = asyncio.create_task(talk.turn(agent(tools=[build_tool("work", "", EMPTY, work)])))
    await began.wait()
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    assert stopped.is_set()
