"""What is deleted is gone with its bytes, and what is not sent goes by itself."""

from __future__ import annotations

from pathlib import Path

from tests.web.attachments.files import announce, kept, of_another, png, send, upload, uploading
from tests.web.hosted import refusal


async def test_deleting_deletes_bytes_and_preview(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await upload(visitor, "a.png", "image/png", png())
        assert kept(tmp_path) == [attachment["id"], f"{attachment['id']}.preview"]
        async with of_another(visitor) as other:
            body = {"type": "attachments.delete", "params": {"attachment_id": attachment["id"]}}
            assert (await other.post(visitor.path, json=body)).status_code == 404
        assert len(kept(tmp_path)) == 2
        await visitor.ask("attachments.delete", attachment_id=attachment["id"])
        assert kept(tmp_path) == []
        status, _ = await refusal(visitor, "attachments.delete", attachment_id=attachment["id"])
        assert status == 404


async def test_an_announcement_can_be_taken_back(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await announce(visitor, "a.txt", "text/plain")
        await visitor.ask("attachments.delete", attachment_id=attachment["id"])
        url = attachment["upload_descriptor"]["url"]
        assert (await visitor.browser.post(url, content=b"x")).status_code == 404


async def test_a_threads_files_go_with_it_and_no_others(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        sent = await upload(visitor, "a.png", "image/png", png())
        unsent = await upload(visitor, "b.txt", "text/plain", b"b")
        await send(visitor, sent)
        await visitor.ask("threads.delete", thread_id=visitor.thread_id)
        assert kept(tmp_path) == [unsent["id"]]
        assert (await visitor.browser.get(sent["preview_url"])).status_code == 404


async def test_files_of_messages_that_a_retry_removes_go_too(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        first = await upload(visitor, "a.txt", "text/plain", b"a")
        second = await upload(visitor, "b.txt", "text/plain", b"b")
        message = await send(visitor, first)
        await send(visitor, second)
        where = {"thread_id": visitor.thread_id, "item_id": message["id"]}
        await visitor.stream("threads.retry_after_item", **where)
        assert kept(tmp_path) == [first["id"]]
