"""structured-output: data of one JSON Schema, shown as text, as a widget, or kept in the state."""

from __future__ import annotations

import json

from tests.examples.visitor import EXAMPLES, actions_in, visiting
from tests.model_server.script import say
from tests.model_server.server import ModelServer

PATH = EXAMPLES / "structured-output" / "chatkit.yaml"


async def test_what_is_said_is_kept_in_the_state() -> None:
    async with visiting(PATH) as visitor:
        assert await visitor.say("Taxi 23.50") == "Kept. 1 so far, 23.50 € in all."
        assert await visitor.say("lunch for 31 with Ada") == "Kept. 2 so far, 54.50 € in all."
        assert (await visitor.say("Hello")).startswith("How much was it?")


async def test_it_is_shown_as_text() -> None:
    async with visiting(PATH) as visitor:
        data = json.loads(await visitor.say("json: a coffee, 3,20 euros with Bob"))
        wanted = {"what": "A coffee", "amount": 3.2, "category": "food", "guest": "Bob"}
        assert data == wanted


async def test_it_is_shown_as_a_widget_whose_button_keeps_it_once() -> None:
    async with visiting(PATH) as visitor:
        assert await visitor.say("look: hotel 120") == ""
        item = visitor.widget()
        assert item["widget"]["children"][1]["value"] == "120.00 €"
        [keep] = actions_in(item["widget"])
        assert await visitor.click(item, keep) == "Kept. 1 so far, 120.00 € in all."
        assert actions_in(visitor.widget()["widget"]) == []
        action = {"type": keep["type"]}
        where = {"thread_id": visitor.thread_id, "item_id": item["id"], "action": action}
        body = {"type": "threads.custom_action", "params": where}
        again = await visitor.browser.post(visitor.path, json=body)
        assert again.status_code == 403


async def test_a_model_is_held_to_the_schema(model_server: ModelServer) -> None:
    model_server.reply(say('{"what": "Tea", "amount": 2, "category": "food", "guest": null}'))
    model_server.reply(say('{"what": "Tea", "amount": "two"}'))
    async with visiting(PATH, models=model_server) as visitor:
        assert await visitor.say("Tea for two") == "Kept. 1 so far, 2.00 € in all."
        assert await visitor.say("Tea for two") == ""
        assert len(visitor.errors()) == 1
    schema = model_server.requests[0].body["response_format"]["json_schema"]
    assert schema["strict"] is True
    assert schema["schema"]["properties"]["category"] == {"enum": ["travel", "food", "other"]}
