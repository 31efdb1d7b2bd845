"""todo-list: a list that is kept, shown and ticked off."""

from __future__ import annotations

from tests.examples.visitor import EXAMPLES, actions_in, visiting


async def test_todo_list() -> None:
    async with visiting(EXAMPLES / "todo-list" / "chatkit.yaml") as visitor:
        assert await visitor.say("add water the fern") == "Noted. 1 on the list."
        assert await visitor.say("add buy pots") == "Noted. 2 on the list."
        await visitor.say("show the list")
        item = visitor.widget()
        first, second = actions_in(item["widget"])
        await visitor.click(item, second)
        rows = visitor.widget()["widget"]["children"]
        assert [row["children"][1]["lineThrough"] for row in rows] == [False, True]
        await visitor.click(item, first)
        rows = visitor.widget()["widget"]["children"]
        assert [row["children"][1]["lineThrough"] for row in rows] == [True, True]
