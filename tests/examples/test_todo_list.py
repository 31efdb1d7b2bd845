"""todo-list: a list that is edited where it is shown."""

from __future__ import annotations

from typing import Any

from tests.examples.visitor import EXAMPLES, Visitor, actions_in, visiting

Json = dict[str, Any]


async def do(visitor: Visitor, item: Json, type: str, nth: int = 0, **fields: Any) -> Json:
    """What the list is after one of its actions, fields filled in."""
    found = [each for each in actions_in(item["widget"]) if each["type"] == type][nth]
    payload = {**found.get("payload", {}), **fields}
    await visitor.click(item, {**found, "payload": payload})
    return visitor.widget()


def rows(item: Json) -> list[tuple[str, bool]]:
    """Each thing on the list, and whether it is done."""
    boxes = [each for each in nodes(item["widget"]) if each.get("type") == "Checkbox"]
    return [(box["label"], box["defaultChecked"]) for box in boxes]


def nodes(node: Json) -> list[Json]:
    """Every component of a widget."""
    return [node, *(inner for child in node.get("children") or () for inner in nodes(child))]


async def test_todo_list() -> None:
    async with visiting(EXAMPLES / "todo-list" / "chatkit.yaml") as visitor:
        assert await visitor.say("add water the fern") == "Noted. 1 on the list."
        await visitor.say("show the list")
        item = await do(visitor, visitor.widget(), "todo.add", title=" buy pots ")
        item = await do(visitor, item, "todo.add", title="sweep")
        assert rows(item) == [("water the fern", False), ("buy pots", False), ("sweep", False)]
        item = await do(visitor, item, "todo.toggle", 1, done=True)
        item = await do(visitor, item, "todo.edit")
        assert rows(item) == [("buy pots", True), ("sweep", False)]
        item = await do(visitor, item, "todo.rename", title="water all ferns")
        item = await do(visitor, item, "todo.delete", 2)
        assert rows(item) == [("water all ferns", False), ("buy pots", True)]
        assert await visitor.say("add mop") == "Noted. 3 on the list."
        await visitor.say("show the list")
        assert rows(visitor.widget())[2] == ("mop", False)


async def test_what_is_no_title_is_refused_and_changes_nothing() -> None:
    async with visiting(EXAMPLES / "todo-list" / "chatkit.yaml") as visitor:
        await visitor.say("show the list")
        item = visitor.widget()
        assert rows(item) == []
        for title in ("", "  ", "x" * 81):
            action = {"type": "todo.add", "payload": {"title": title}}
            where = {"thread_id": visitor.thread_id, "item_id": item["id"], "action": action}
            params = {"type": "threads.sync_custom_action", "params": where}
            answer = await visitor.browser.post(visitor.path, json=params)
            assert answer.status_code == 400, answer.text
        await visitor.say("show the list")
        assert rows(visitor.widget()) == []
