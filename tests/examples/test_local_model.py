"""local-model: any server that speaks OpenAI's API, and rules while it does not answer."""

from __future__ import annotations

import json
import socket
from contextlib import AbstractAsyncContextManager

from tests.examples.visitor import EXAMPLES, Visitor, visiting
from tests.model_server.script import call, fail, say
from tests.model_server.server import ModelServer


def visit(url: str) -> AbstractAsyncContextManager[Visitor]:
    """The bot, its model served there."""
    environ = {"LOCAL_URL": url, "LOCAL_MODEL": "tiny", "LOCAL_KEY": "mine"}
    return visiting(EXAMPLES / "local-model" / "chatkit.yaml", environ)


async def test_local_model(model_server: ModelServer) -> None:
    model_server.reply(say("With pleasure."))
    model_server.reply(call("convert", {"amount": 2, "unit": "cup"}))
    model_server.reply(say("480 ml."))
    async with visit(model_server.base_url) as visitor:
        assert await visitor.say("Will you help?") == "With pleasure."
        assert await visitor.say("What are 2 cups?") == "480 ml."
    first, _, last = model_server.requests
    assert (first.path, first.headers["authorization"]) == ("/v1/chat/completions", "Bearer mine")
    sent = {key: first.body[key] for key in ("model", "temperature", "max_tokens", "stream")}
    assert sent == {"model": "tiny", "temperature": 0.3, "max_tokens": 800, "stream": True}
    assert json.loads(last.body["messages"][-1]["content"]) == {"ml": 480}


async def test_a_server_that_stumbles_is_asked_again(model_server: ModelServer) -> None:
    model_server.reply(fail(503))
    model_server.reply(say("Here I am."))
    async with visit(model_server.base_url) as visitor:
        assert await visitor.say("Hello?") == "Here I am."


async def test_while_it_fails_the_rules_answer_and_it_is_left_in_peace(
    model_server: ModelServer,
) -> None:
    model_server.reply(fail(500))
    model_server.reply(fail(500))
    async with visit(model_server.base_url) as visitor:
        assert await visitor.say("How much is 1.5 cups?") == "That is 360 ml."
        assert len(model_server.requests) == 2
        assert await visitor.say("And 2 teaspoons?") == "That is 10 ml."
        assert len(model_server.requests) == 2


async def test_where_nobody_is_there_the_rules_say_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        url = f"http://127.0.0.1:{reserved.getsockname()[1]}/v1"
    async with visit(url) as visitor:
        said = await visitor.say("Tell me about risotto")
        assert said.startswith(f"The model at {url} does not answer.")
