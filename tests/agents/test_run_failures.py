"""What a run that fails leaves behind, and what the user hears of it."""

from __future__ import annotations

from typing import Any

import pytest

from chatkit_host.errors import CustomStreamError
from tests.agents.harness import (
    Conversation,
    agent,
    deltas,
    models_at,
    tool,
)
from tests.model_server.script import call, die, fail, hang, say
from tests.model_server.server import ModelServer


@pytest.mark.parametrize(
    ("failure", "words", "allow_retry"),
    [
        (fail(429), "too much to do", True),
        (fail(503), "could not be reached", True),
        (fail(401, "bad key sk-secret"), "would not take", False),
    ],
)
async def test_a_failing_server_is_told_in_safe_words(
    talk: Conversation, model_server: ModelServer, failure: Any, words: str, allow_retry: bool
) -> None:
    await talk.user_says("hi")
    model_server.reply(failure)
    with pytest.raises(CustomStreamError, match=words) as caught:
        await talk.turn(agent())
    assert caught.value.allow_retry is allow_retry
    assert "secret" not in caught.value.message


async def test_a_time_out_is_told(model_server: ModelServer, api: str) -> None:
    talk = Conversation(models_at(model_server, api, timeout=0.05))
    await talk.user_says("hi")
    model_server.reply(say("Wait"), hang())
    with pytest.raises(CustomStreamError, match=r"took too long|broke off") as caught:
        await talk.turn(agent())
    assert caught.value.allow_retry
    await talk.models.aclose()


async def test_nothing_that_was_said_is_lost_when_the_server_dies(
    talk: Conversation, model_server: ModelServer
) -> None:
    await talk.user_says("hi")
    model_server.reply(say("One two three"), die())
    events, error = await talk.failing_turn(agent())
    assert error.allow_retry
    assert deltas(events) == ["One ", "two ", "three"]


async def test_too_many_turns_are_told(talk: Conversation, model_server: ModelServer) -> None:
    await talk.user_says("hi")
    model_server.reply(call("look"))
    model_server.reply(call("look"))
    with pytest.raises(CustomStreamError, match="more steps"):
        await talk.turn(agent(tools=[tool("look")]), max_turns=2)
