"""booking: questions, the page's calendar, a thread that is closed."""

from __future__ import annotations

from tests.examples.visitor import EXAMPLES, visiting


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
