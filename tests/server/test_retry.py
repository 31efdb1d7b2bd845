"""A retry: everything behind the message goes, and nothing else."""

from __future__ import annotations

from typing import Any

from tests.server.scripted_bot import Scripted
from tests.server.servers import ANN, request, talk, user_input


async def test_everything_behind_the_message_is_gone() -> None:
    bot = Scripted()
    first = await bot.say("echo")
    message = first[1]["item"]["id"]
    kept = [item.id for item in await bot.items()][:1]
    await bot.say("client_tool")
    await bot.say("hidden")
    await bot.say("ask")
    liked = [item.id for item in await bot.items_of("assistant_message")]
    await bot.ask("items.feedback", item_ids=liked, kind="positive")
    events = await bot.send("threads.retry_after_item", item_id=message)
    answer = events[-1]["item"]["id"]
    assert [item.id for item in await bot.items()] == [*kept, answer]
    assert await bot.server.store.load_feedback(bot.thread_id, ANN) == {}


async def test_an_unknown_item_is_not_found_and_costs_nothing() -> None:
    """A fault of the reference: such a retry ends silently, after reading the whole thread."""
    bot = Scripted()
    await bot.say("echo")
    before = await bot.items()
    assert (await bot.refused("threads.retry_after_item", item_id="msg_none")).status == 404
    assert await bot.items() == before


async def test_what_is_no_message_of_the_users_cannot_be_retried() -> None:
    bot = Scripted()
    events = await bot.say("echo")
    error = await bot.refused("threads.retry_after_item", item_id=events[-1]["item"]["id"])
    assert error.status == 400


async def test_a_retry_that_fails_keeps_the_message_and_can_be_tried_again() -> None:
    bot = Scripted()
    events = await bot.say("custom_error")
    message = events[1]["item"]["id"]
    for _ in range(2):
        events = await bot.send("threads.retry_after_item", item_id=message)
        assert events[-1] == {
            "type": "error",
            "code": "custom",
            "message": "Not *today*.",
            "allow_retry": True,
        }
    assert [item.id for item in await bot.items()] == [message]


class Files:
    """A bot with an upload `a`, in the first message and the last, and `b` in the last alone."""

    def __init__(self) -> None:
        self.bot = Scripted()
        self.deleted: list[str] = []

    async def begin(self) -> str:
        uploads, store = self.bot.server.attachment_store, self.bot.server.store

        async def create(input: Any, context: Any) -> Any:
            from chatkit_host.types import FileAttachment

            return FileAttachment(id=input.name, name=input.name, mime_type="text/plain")

        async def delete(attachment_id: str, context: Any) -> None:
            self.deleted.append(attachment_id)

        uploads.create_attachment, uploads.delete_attachment = create, delete
        for name in ("a", "b"):
            body = request("attachments.create", name=name, size=1, mime_type="text/plain")
            await self.bot.server.process(body, ANN)
        given = {**user_input("echo"), "attachments": ["a"]}
        events = await talk(self.bot.server, request("threads.create", input=given))
        self.bot.thread_id = events[0]["thread"]["id"]
        later = {**user_input("echo"), "attachments": ["a", "b"]}
        await self.bot.send("threads.add_user_message", input=later)
        assert store is self.bot.server.store
        first: str = events[1]["item"]["id"]
        return first


async def test_uploads_of_later_messages_go_with_their_bytes() -> None:
    files = Files()
    message = await files.begin()
    await files.bot.send("threads.retry_after_item", item_id=message)
    store = files.bot.server.store
    assert files.deleted == ["b"]
    assert (await store.load_attachment("a", ANN)).name == "a"
    [kept, _] = await files.bot.items()
    assert [attachment.id for attachment in kept.attachments] == ["a"]  # type: ignore[union-attr]


async def test_bytes_that_cannot_be_deleted_do_not_stop_the_retry() -> None:
    files = Files()
    message = await files.begin()

    async def fail(attachment_id: str, context: Any) -> None:
        raise RuntimeError("disk gone")

    files.bot.server.attachment_store.delete_attachment = fail
    events = await files.bot.send("threads.retry_after_item", item_id=message)
    assert events[-1]["type"] == "thread.item.done"
