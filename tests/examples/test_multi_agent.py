"""multi-agent: agents that hand over, answer for each other, and are chosen by routes."""

from __future__ import annotations

import json
from typing import Any

from tests.examples.visitor import EXAMPLES, visiting
from tests.model_server.script import call, say
from tests.model_server.server import ModelServer

PATH = EXAMPLES / "multi-agent" / "chatkit.yaml"


async def test_multi_agent() -> None:
    async with visiting(PATH) as visitor:
        said = await visitor.say("Where is my parcel?")
        assert said == "Which order? There are A1, B2 and C3."
        assert await visitor.say("C7") == "There is no order C7. They are A1, B2 and C3."
        assert await visitor.say("a1") == "Kettle: on its way."
        await visitor.say("Show me all orders")
        assert visitor.errors() == ["Addresses are not for this chat."]
        said = await visitor.say("Now I am angry")
        assert said == "I am sorry. That is complaint number 1; somebody reads it today."
        assert await visitor.say("B2 then") == "Lamp: delivered."
        assert await visitor.say("Thanks") == "Orders, technical trouble, or a complaint?"
        said = await visitor.say("It crashed")
        assert said == "Hold the button for ten seconds, then start it again."
        await visitor.say("My card is 4111 1111 1111 1111")
        assert visitor.errors() == ["Please leave card numbers out."]


async def test_orders_can_be_mentioned() -> None:
    async with visiting(PATH) as visitor:
        found = await visitor.browser.get("/chatkit/entities", params={"query": "radio"})
        [radio] = found.json()["entities"]
        assert (radio["title"], radio["icon"]) == ("Radio C3", "cube")
        shown = await visitor.browser.post("/chatkit/entities/preview", json={"entity": radio})
        text = shown.json()["preview"]["children"][0]["value"]
        assert text == "Radio, 80 €: being packed"


def read(body: dict[str, Any]) -> tuple[str, str, list[str]]:
    """Whom a request asks, as whom, and what of the conversation is in it, by its roles."""
    instructions, *rest = body["messages"]
    return body["model"], instructions["content"][:20], [each["role"] for each in rest]


async def test_with_models_each_agent_reads_what_its_handoff_lets_through(
    model_server: ModelServer,
) -> None:
    model_server.reply(say("Good morning."))
    model_server.reply(call("transfer_to_orders"))
    model_server.reply(call("look_up", {"id": "A1"}))
    model_server.reply(say("It is on its way."))
    model_server.reply(call("transfer_to_door"))
    model_server.reply(call("ask_technician", {"input": "It crashed."}))
    model_server.reply(say("Start it again."))
    async with visiting(PATH, models=model_server) as visitor:
        assert await visitor.say("Hello") == "Good morning."
        assert await visitor.say("Where is A1?") == "It is on its way."
        assert await visitor.say("And it crashed") == "Start it again."
    asked = [read(each.body) for each in model_server.requests]
    assert asked[2] == ("orders", "Look orders up with ", ["user", "assistant", "user"])
    assert asked[4][0] == "orders"
    assert asked[5] == ("door", "Find out what the cu", ["user"])
    assert asked[6] == ("technician", "Help in one sentence", ["user"])
    assert "And it crashed" in json.dumps(model_server.requests[5].body)
