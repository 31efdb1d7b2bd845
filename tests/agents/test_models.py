"""Models by name, and what lies around them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from agents import Agent, ModelSettings, RunConfig, Runner
from agents.models.chatcmpl_helpers import HEADERS_OVERRIDE

from chatkit_host.agents import OpenAISpec, agents_sdk_user_agent_override, build_provider
from chatkit_host.agents.call_ids import CallIds
from chatkit_host.agents.model import HeardProvider, Listener, ModelAround
from tests.agents.harness import models_at, rule, rules_models
from tests.model_server.script import say
from tests.model_server.server import ModelServer


def function_call(call_id: str) -> Any:
    return SimpleNamespace(type="function_call", call_id=call_id)


def test_no_client_is_made_before_a_model_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    models = build_provider({"m": OpenAISpec(model="gpt")}, default="m")
    with pytest.raises(Exception, match="OPENAI_API_KEY"):
        models.get_model("m")


async def test_a_model_is_made_once_and_none_is_the_default() -> None:
    models = build_provider({"m": OpenAISpec(model="gpt", api_key="k")}, default="m")
    assert models.get_model("m") is models.get_model(None) is models.bound(dict).get_model("m")
    await models.aclose()


def test_a_name_that_nobody_declared_is_an_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        rules_models(rule(say="hi")).get_model("nobody")


def test_a_model_around_another_answers_as_that_one_does() -> None:
    inner = SimpleNamespace(own="yes", get_retry_advice=lambda request: request)
    around: Any = ModelAround(cast("Any", inner))
    assert around.own == "yes"
    assert around.get_retry_advice("again?") == "again?"


def test_a_run_has_one_wrapper_for_each_model() -> None:
    async def hear(_: object) -> None:
        pass

    provider = HeardProvider(rules_models(rule(say="hi")), Listener(hear, print))
    assert provider.get_model("m") is provider.get_model("m")


def test_call_ids_stay_as_they_are_unless_taken() -> None:
    ids = CallIds([{"type": "function_call", "call_id": "a"}, {"role": "user"}])
    output = [function_call("a"), function_call("b"), function_call("b"), function_call("")]
    ids.settle_output(output)
    named = [call.call_id for call in output]
    assert named[1] == "b"
    assert len({*named, "a", ""}) == 6


def test_a_call_has_one_id_through_all_events_of_a_response() -> None:
    ids = CallIds([{"type": "function_call", "call_id": "call_0"}])
    added, done, last = (function_call("call_0") for _ in range(3))
    for kind, item in (("added", added), ("done", done)):
        event = SimpleNamespace(type=f"response.output_item.{kind}", output_index=1, item=item)
        ids.settle(event)
    message = SimpleNamespace(type="message")
    whole = SimpleNamespace(output=[message, last])
    ids.settle(SimpleNamespace(type="response.completed", response=whole))
    assert added.call_id == done.call_id == last.call_id != "call_0"


def test_the_user_agent_is_put_back_after_an_error() -> None:
    before = HEADERS_OVERRIDE.get()

    def fail() -> None:
        with agents_sdk_user_agent_override():
            assert "ChatKit-Host/" in (HEADERS_OVERRIDE.get() or {})["User-Agent"]
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    assert HEADERS_OVERRIDE.get() is before


async def test_a_models_own_settings_hold_where_nothing_streams(
    model_server: ModelServer, api: str
) -> None:
    """The SDK gives the arguments by name then, as for an agent that is asked as a tool."""
    models = models_at(model_server, api, settings={"temperature": 0.25})
    model_server.reply(say("Fine."))
    config = RunConfig(model_provider=models, tracing_disabled=True)
    agent = Agent(name="a", model="m", model_settings=ModelSettings(top_p=0.5))
    result = await Runner.run(agent, "Well?", run_config=config)
    await models.aclose()
    assert result.final_output == "Fine."
    [request] = model_server.requests
    assert (request.body["temperature"], request.body["top_p"]) == (0.25, 0.5)
