"""Questions: settled once, late or not, and open until then."""

from __future__ import annotations

from chatkit_host.server.constants import LATE_ANSWERS
from tests.server.scripted_bot import Scripted


async def asked() -> tuple[Scripted, str]:
    """A bot that has put questions, and the item's id."""
    bot = Scripted()
    events = await bot.say("ask")
    return bot, events[-1]["item"]["id"]


async def test_answers_are_stored_with_the_questions() -> None:
    bot, item_id = await asked()
    given = {"answers": {"q1": {"values": ["a", "b"]}, "q2": {"values": ["so"]}}}
    events = await bot.send("threads.add_structured_input", item_id=item_id, input=given)
    assert [event["type"] for event in events] == [
        *("stream_options", "thread.item.replaced", "thread.item.done")
    ]
    [item] = await bot.items_of("structured_input")
    assert item.status == "answered"
    assert [question.answer.values for question in item.inputs] == [["a"], ["so"]]


async def test_a_second_submission_is_a_conflict_and_changes_nothing() -> None:
    bot, item_id = await asked()
    skipped = {"status": "skipped"}
    await bot.send("threads.add_structured_input", item_id=item_id, input=skipped)
    again = {"answers": {"q1": {"values": ["a"]}}}
    error = await bot.refused("threads.add_structured_input", item_id=item_id, input=again)
    assert error.status == 409
    assert "skipped already" in str(error)
    [item] = await bot.items_of("structured_input")
    assert [question.answer.skipped for question in item.inputs] == [True, True]


async def test_answers_to_what_is_no_question_or_not_there_are_refused() -> None:
    bot, _ = await asked()
    message = (await bot.items())[0].id
    for item_id, status in ((message, 400), ("none", 404)):
        error = await bot.refused("threads.add_structured_input", item_id=item_id, input={})
        assert error.status == status


async def test_another_message_leaves_the_questions_open_for_a_late_answer() -> None:
    bot, item_id = await asked()
    await bot.say("echo")
    [item] = await bot.items_of("structured_input")
    assert item.status == "pending"
    events = await bot.send(
        "threads.add_structured_input", item_id=item_id, input={"status": "skipped"}
    )
    assert "sdk_hidden" not in str(events)
    # The answers stand before what was said since: a note behind it tells the model of them.
    notes = await bot.items_of("sdk_hidden_context")
    assert [note.content for note in notes] == [LATE_ANSWERS]


async def test_answers_that_come_at_once_need_no_note() -> None:
    bot, item_id = await asked()
    await bot.send("threads.add_structured_input", item_id=item_id, input={"status": "skipped"})
    assert await bot.items_of("sdk_hidden_context") == []


async def test_a_retry_takes_the_questions_away() -> None:
    bot, item_id = await asked()
    message = (await bot.items())[0].id
    await bot.send("threads.retry_after_item", item_id=message)
    error = await bot.refused("threads.add_structured_input", item_id=item_id, input={})
    assert error.status == 404
