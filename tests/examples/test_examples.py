"""Every example is a bot that runs, and does what its README says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.fences import ROOT
from tests.examples.visitor import Visitor, actions_in, load_in_memory, visiting

EXAMPLES = ROOT / "examples"
FILES = sorted(EXAMPLES.glob("*/chatkit.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_it_has_no_problem_and_a_readme(path: Path) -> None:
    load_in_memory(path)
    assert path.with_name("README.md").exists()


def test_the_list_of_examples_is_complete() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [path for path in FILES if f"]({path.parent.name}/README.md)" not in text] == []


async def test_hello() -> None:
    async with visiting(EXAMPLES / "hello" / "chatkit.yaml") as visitor:
        assert await visitor.say("Hello there") == "Hello!"
        assert await visitor.say("What is up?") == "You said: What is up?"


async def test_attachments() -> None:
    async with visiting(EXAMPLES / "attachments" / "chatkit.yaml") as visitor:
        ids = []
        for name in ("cat.txt", "dog.txt"):
            files = {"file": (name, b"A letter.", "text/plain")}
            answer = await visitor.browser.post("/chatkit/attachments", files=files)
            ids.append(answer.json()["id"])
        message = {"content": [], "attachments": ids, "inference_options": {}}
        await visitor.stream("threads.create", input=message)
        visitor.thread_id = visitor.events[0]["thread"]["id"]
        assert visitor.said() == "Thank you for cat.txt and dog.txt."
        assert await visitor.say("And now?") == "Attach a picture, a PDF or a text."
        assert await visitor.say("What is in the box?") == "cat.txt, dog.txt"


async def test_agent_tool() -> None:
    async with visiting(EXAMPLES / "agent-tool" / "chatkit.yaml") as visitor:
        said = await visitor.say("How do I look after a fern?")
        assert said == "I have asked our botanist: Half shade and damp soil."
        assert [e["text"] for e in visitor.events if e["type"] == "progress_update"] == [
            "Asking the botanist…"
        ]


async def test_python_tool() -> None:
    async with visiting(EXAMPLES / "python-tool" / "chatkit.yaml") as visitor:
        assert await visitor.say("3 ferns") == "That is 36 € for 3, and 36 € so far."
        assert await visitor.say("1 orchid") == "That is 24 € for 1, and 60 € so far."


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


async def test_booking() -> None:
    async with visiting(EXAMPLES / "booking" / "chatkit.yaml") as visitor:
        await visitor.say("When am I free?")
        [call] = visitor.items("client_tool_call")
        assert (call["name"], call["arguments"]) == ("read_calendar", {"weeks": 1})
        free = {"free": ["Monday", "Friday"]}
        assert await visitor.output(free) == "You are free on Monday and Friday."
        await visitor.say("Book a cut")
        [questions] = visitor.items("structured_input")
        assert [len(each.get("options", ())) for each in questions["inputs"]] == [3, 3, 0]
        answers = {"day": {"values": ["Friday"]}, "extras": {"values": ["wash", "beard"]}}
        where = {"thread_id": visitor.thread_id, "item_id": questions["id"]}
        await visitor.stream("threads.add_structured_input", **where, input={"answers": answers})
        assert visitor.said() == "Noted: Friday, with wash and beard."
        assert await visitor.say("confirm") == "Booked for Friday. See you!"
        thread = await visitor.ask("threads.get_by_id", thread_id=visitor.thread_id)
        assert thread["title"] == "A cut on Friday"
        assert thread["status"] == {"type": "closed", "reason": "Booked: see you on Friday."}
        reopen = {"thread_id": visitor.thread_id, "action": {"type": "barber.reopen"}}
        await visitor.stream("threads.custom_action", **reopen)
        assert visitor.said() == "Cancelled. Say when you want to come."
        await visitor.say("Book a cut")
        skip = {
            "thread_id": visitor.thread_id,
            "item_id": visitor.items("structured_input")[0]["id"],
        }
        await visitor.stream("threads.add_structured_input", **skip, input={"status": "skipped"})
        assert visitor.said() == "Another time, then."


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


async def test_at_work() -> None:
    async with visiting(EXAMPLES / "at-work" / "chatkit.yaml") as visitor:
        assert await visitor.say("How long does the carrot cake take?") == "60 minutes."
        [looked] = visitor.items("workflow")[-1]["workflow"]["tasks"]
        assert (looked["title"], looked["status_indicator"]) == (
            "Carrot cake: 60 minutes",
            "complete",
        )
        said = await visitor.say("Please bake an apple cake")
        assert said == "Here it is: a recipe of our own.\nEnjoy it!"
        workflow = visitor.items("workflow")[-1]["workflow"]
        assert workflow["summary"]["title"] == "Baked the apple cake"
        assert [t["title"] for t in workflow["tasks"]] == ["The oven is hot", "Read the recipe"]
        [cited] = visitor.items("assistant_message")[0]["content"][0]["annotations"]
        assert cited["index"] == len("Here it is: a recipe")
        await visitor.say("4111 1111 1111 1111")
        assert visitor.errors() == ["Please leave card numbers out."]


async def test_approval() -> None:
    async with visiting(EXAMPLES / "approval" / "chatkit.yaml") as visitor:
        assert await visitor.say("refund 20 for A1") == "Paid 20 € back for A1; 20 € so far."
        assert await visitor.say("refund 200 for B2") == ""
        item = visitor.widget()
        assert "Pay 200 € back for the order B2?" in str(item)
        approve, _ = actions_in(item["widget"])
        assert await visitor.click(item, approve) == "Paid 200 € back for B2; 220 € so far."
        assert visitor.items("widget")[0]["widget"]["status"]["text"] == "Approved"


def errors_in(visitor: Visitor) -> list[str]:
    return [event["message"] for event in visitor.events if event["type"] == "error"]


async def test_helpdesk() -> None:
    path = EXAMPLES / "helpdesk" / "chatkit.yaml"
    async with visiting(path) as visitor:
        said = await visitor.say("Where is my parcel?")
        assert said == "Which order? They are called A1 to C3."
        assert await visitor.say("a1") == "Kettle: on its way."
        await visitor.say("Show me all orders")
        assert errors_in(visitor) == ["Addresses are not for this chat."]
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
        assert errors_in(visitor) == ["Please leave card numbers out."]
        found = await visitor.browser.get("/chatkit/entities", params={"query": "radio"})
        [radio] = found.json()["entities"]
        assert (radio["title"], radio["icon"]) == ("Radio C3", "cube")
        shown = await visitor.browser.post("/chatkit/entities/preview", json={"entity": radio})
        text = shown.json()["preview"]["children"][0]["value"]
        assert text == "Radio, 80 €: being packed"


async def test_guest_book() -> None:
    async with visiting(EXAMPLES / "guest-book" / "chatkit.yaml") as visitor:
        said = await visitor.say("sign: Lovely here")
        assert said == "Welcome! This is your visit number 1.\nThank you! You are number 1."
        get, first = visitor.browser.get, visitor.thread_id
        liked = await visitor.browser.post("/book/1/like", json={})
        assert liked.json() == {"id": "1", "words": "Lovely here", "likes": 1}
        assert (await visitor.browser.post("/book/7/like", json={})).status_code == 404
        visitor.thread_id = None
        assert "visit number 2" in await visitor.say("sign: Me too")
        book = (await get("/book?words=me+too&limit=1")).json()
        assert [entry["words"] for entry in book["entries"]] == ["Me too"]
        assert (await get(f"/visits/{first}")).json()["signed"] == 1
        page = await get("/book-page/")
        assert "Guest book" in page.text
        assert "fetch" in (await get("/book-page/book.js")).text
        answer = visitor.items("assistant_message")[-1]
        where = {"thread_id": visitor.thread_id, "item_ids": [answer["id"]]}
        assert await visitor.ask("items.feedback", **where, kind="positive") == {}
