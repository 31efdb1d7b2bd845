"""python-server: a class answers in place of agents."""

from __future__ import annotations

from tests.examples.visitor import EXAMPLES, actions_in, visiting


async def test_python_server() -> None:
    async with visiting(EXAMPLES / "python-server" / "chatkit.yaml") as visitor:
        await visitor.say("bunch of roses")
        item = visitor.widget()
        [order] = actions_in(item["widget"])
        customer = (await visitor.click(item, order)).removeprefix("Ordered: bunch of roses, for ")
        assert customer.startswith("anon")
        thread = await visitor.ask("threads.get_by_id", thread_id=visitor.thread_id)
        assert thread["title"] == "bunch of roses"
        assert [item["type"] for item in thread["items"]["data"]] == [
            *("user_message", "widget", "assistant_message")
        ]
