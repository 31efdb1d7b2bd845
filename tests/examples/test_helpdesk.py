"""helpdesk: agents that hand over, answer for each other, and give data."""

from __future__ import annotations

from tests.examples.visitor import EXAMPLES, visiting


async def test_helpdesk() -> None:
    path = EXAMPLES / "helpdesk" / "chatkit.yaml"
    async with visiting(path) as visitor:
        said = await visitor.say("Where is my parcel?")
        assert said == "Which order? They are called A1 to C3."
        assert await visitor.say("a1") == "Kettle: on its way."
        await visitor.say("Show me all orders")
        assert visitor.errors() == ["Addresses are not for this chat."]
        assert await visitor.say("B2 then") == "Lamp: delivered."
    async with visiting(path) as visitor:
        assert (await visitor.say("Hello")).startswith("Orders or technical trouble?")
        said = await visitor.say("It crashed")
        assert said == "Hold the button for ten seconds, then start it again."
        assert await visitor.say("ticket: no light, urgent") == "Ticket 1 is open, and comes first."
        assert visitor.widget()["widget"]["children"][1]["label"] == "urgent"
        assert await visitor.say("ticket: a scratch") == "Ticket 2 is open."
        assert len(visitor.widget()["widget"]["children"]) == 1
        await visitor.say("My card is 4111 1111 1111 1111")
        assert visitor.errors() == ["Please leave card numbers out."]
        found = await visitor.browser.get("/chatkit/entities", params={"query": "radio"})
        [radio] = found.json()["entities"]
        assert (radio["title"], radio["icon"]) == ("Radio C3", "cube")
        shown = await visitor.browser.post("/chatkit/entities/preview", json={"entity": radio})
        text = shown.json()["preview"]["children"][0]["value"]
        assert text == "Radio, 80 €: being packed"
