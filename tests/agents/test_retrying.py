"""Models that fail: when they are asked again, and who answers in their place."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from chatkit_host.agents import Models, OpenAISpec, RulesSpec, build_provider
from chatkit_host.agents.faults import Fault, FaultKind, retry_after
from chatkit_host.agents.retrying import CoolDowns, matches
from chatkit_host.agents.specs import RetrySpec
from chatkit_host.errors import CustomStreamError
from tests.agents.harness import (
    Conversation,
    agent,
    deltas,
    models_at,
    rule,
    texts,
    tool,
)
from tests.model_server.script import Fail, break_off, call, die, fail, hang, say, stall
from tests.model_server.server import ModelServer

QUICK = RetrySpec(attempts=3, wait=0.001)


@pytest.fixture
async def talk(model_server: ModelServer, api: str) -> AsyncIterator[Conversation]:
    conversation = Conversation(models_at(model_server, api, retry=QUICK, timeout=0.4))
    await conversation.user_says("hi")
    yield conversation
    await conversation.models.aclose()


@pytest.mark.parametrize(
    "failure",
    [fail(429), fail(500), fail(503), fail(408), fail(409), break_off("server_error"), die()],
    ids=str,
)
async def test_a_passing_failure_is_not_noticed(
    talk: Conversation, model_server: ModelServer, failure: Any
) -> None:
    model_server.reply(failure)
    model_server.reply(say("Here I am"))
    assert texts(await talk.turn(agent())) == ["Here I am"]
    assert len(model_server.requests) == 2


async def test_a_server_that_says_nothing_is_asked_again(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(stall(), say("too late"))
    model_server.reply(say("Here I am"))
    assert texts(await talk.turn(agent())) == ["Here I am"]


async def test_it_is_asked_as_often_as_the_file_says(
    talk: Conversation, model_server: ModelServer
) -> None:
    for _ in range(3):
        model_server.reply(fail(500))
    with pytest.raises(CustomStreamError, match="could not be reached") as caught:
        await talk.turn(agent())
    assert caught.value.allow_retry
    assert len(model_server.requests) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
async def test_what_will_fail_again_is_not_asked_again(
    talk: Conversation, model_server: ModelServer, status: int
) -> None:
    model_server.reply(fail(status))
    with pytest.raises(CustomStreamError, match="would not take") as caught:
        await talk.turn(agent())
    assert not caught.value.allow_retry
    assert len(model_server.requests) == 1


@pytest.mark.parametrize("ending", [die, hang, lambda: break_off("server_error")])
async def test_what_was_said_is_not_said_again(
    talk: Conversation, model_server: ModelServer, ending: Any
) -> None:
    model_server.reply(say("One two"), ending())
    events, error = await talk.failing_turn(agent())
    assert deltas(events) == ["One ", "two"]
    assert error.allow_retry
    assert len(model_server.requests) == 1


async def test_a_server_is_waited_for_as_long_as_it_asks(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(fail(429, retry_after_ms="120"))
    model_server.reply(say("Now"))
    began = time.monotonic()
    assert texts(await talk.turn(agent())) == ["Now"]
    assert time.monotonic() - began > 0.11


async def test_one_that_asks_for_too_much_patience_is_not_waited_for(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(fail(429, retry_after="3600"))
    with pytest.raises(CustomStreamError, match="too much to do"):
        await talk.turn(agent())
    assert len(model_server.requests) == 1


async def test_waiting_can_be_cancelled(model_server: ModelServer, api: str) -> None:
    talk = Conversation(models_at(model_server, api, retry=RetrySpec(wait=20.0)))
    await talk.user_says("hi")
    was_asked = threading.Event()

    def failing(_: dict[str, Any]) -> list[Fail]:
        was_asked.set()
        return [fail(500)]

    model_server.reply_with(failing)
    turn = asyncio.create_task(talk.turn(agent()))
    await model_server.wait(was_asked)
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    await talk.models.aclose()


async def test_a_conversation_that_is_too_long_is_told_as_such(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(fail(400, "This model's maximum context length is 8192 tokens."))
    with pytest.raises(CustomStreamError, match="too long for the model") as caught:
        await talk.turn(agent())
    assert not caught.value.allow_retry


async def test_a_full_account_is_nothing_that_time_mends(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(break_off("insufficient_quota"))
    with pytest.raises(CustomStreamError, match="would not take"):
        await talk.turn(agent())
    assert len(model_server.requests) == 1


async def test_a_tool_call_after_a_failure_is_made_once(
    talk: Conversation, model_server: ModelServer
) -> None:
    model_server.reply(call("look"))
    model_server.reply(fail(500))
    model_server.reply(say("Seen"))
    assert texts(await talk.turn(agent(tools=[tool("look")]))) == ["Seen"]


def two_models(server: ModelServer, api: str, **spec: Any) -> Models:
    """`m`, and `other` in its place; the tests tell them apart by the model that is asked for."""
    one = OpenAISpec(model="m", api=api, base_url=server.base_url, api_key="k", retry=QUICK)  # type: ignore[arg-type]
    first = replace(one, fallback=["other"], retry=RetrySpec(attempts=1), **spec)
    return build_provider({"m": first, "other": replace(one, model="other")}, default="m")


async def asked(talk: Conversation, server: ModelServer) -> list[str]:
    """Which models a turn has asked."""
    before = len(server.requests)
    await talk.user_says(f"hi {before}")
    await talk.turn(agent())
    return [request.body["model"] for request in server.requests[before:]]


@pytest.mark.parametrize("failure", [fail(500), fail(401), fail(404), fail(429), die()], ids=str)
async def test_another_model_answers_and_goes_on_answering_for_a_while(
    model_server: ModelServer, api: str, failure: Any
) -> None:
    talk = Conversation(two_models(model_server, api))
    model_server.reply(failure)
    model_server.reply(say("I am the other"))
    assert await asked(talk, model_server) == ["m", "other"]
    model_server.reply(say("And again"))
    assert await asked(talk, model_server) == ["other"]
    model_server.reply(fail(400, "but not this"))
    with pytest.raises(CustomStreamError, match="would not take"):
        await asked(talk, model_server)
    await talk.models.aclose()


async def test_the_first_is_asked_again_when_all_have_failed(
    model_server: ModelServer, api: str
) -> None:
    talk = Conversation(two_models(model_server, api))
    for _ in range(4):
        model_server.reply(fail(500))
    with pytest.raises(CustomStreamError):
        await asked(talk, model_server)
    for _ in range(3):
        model_server.reply(fail(500))
    model_server.reply(say("Back again"))
    assert await asked(talk, model_server) == ["other", "other", "other", "m"]
    await talk.models.aclose()


async def test_a_model_without_a_network_can_stand_in(model_server: ModelServer, api: str) -> None:
    one = OpenAISpec(
        model="m",
        api=api,  # type: ignore[arg-type]
        base_url=model_server.base_url,
        api_key="k",
        retry=RetrySpec(attempts=1),
        fallback=["sorry"],
    )
    sorry = RulesSpec([rule(say="Nobody is in.")])
    talk = Conversation(build_provider({"m": one, "sorry": sorry}, default="m"))
    await talk.user_says("hi")
    model_server.reply(fail(500))
    assert texts(await talk.turn(agent())) == ["Nobody is in."]
    await talk.models.aclose()


async def test_once_an_answer_has_begun_nobody_takes_over(
    model_server: ModelServer, api: str
) -> None:
    talk = Conversation(two_models(model_server, api))
    await talk.user_says("hi")
    model_server.reply(say("One two"), die())
    events, _ = await talk.failing_turn(agent())
    assert deltas(events) == ["One ", "two"]
    assert len(model_server.requests) == 1
    await talk.models.aclose()


def test_a_model_is_left_alone_until_it_has_cooled_down() -> None:
    now = 100.0
    cool_downs = CoolDowns(lambda: now)
    cool_downs.cool("a", 10.0)
    assert cool_downs.first(["a", "b"]) == ["b", "a"]
    now = 111.0
    assert cool_downs.first(["a", "b"]) == ["a", "b"]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_how_long_a_server_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(httpx2.Headers(headers)) == seconds


@pytest.mark.parametrize(
    ("fault", "on", "does"),
    [
        (Fault(FaultKind.DOWN), ["network"], True),
        (Fault(FaultKind.DOWN), ["5xx"], False),
        (Fault(FaultKind.DOWN, 502), ["5xx"], True),
        (Fault(FaultKind.BUSY, 429), ["network", "5xx"], False),
        (Fault(FaultKind.BUSY, 429), ["429"], True),
        (Fault(FaultKind.REFUSED, 429), ["429"], False),
    ],
)
def test_what_a_fault_is_among(fault: Fault, on: list[str], does: bool) -> None:
    assert matches(fault, on) is does
