"""Files with a bot that is started again, with a server in Python, on the page, and in a shell."""

from __future__ import annotations

import shutil
from pathlib import Path

import httpx
import pytest

from chatkit_host.checks import check
from chatkit_host.compiler import compile_app
from chatkit_host.config import load
from chatkit_host.web import create_app, web_settings
from chatkit_host.web.page_options import page_options
from tests.examples.visitor import Visitor
from tests.web.attachments.files import (
    BOT,
    TAKING,
    error_of,
    kept,
    png,
    post_form,
    send,
    upload,
    uploading,
)
from tests.web.live import serve
from tests.web.test_about import pasted

KEPT = BOT.replace('"memory:"', "sqlite:///chat.db")


async def test_files_and_links_outlive_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "chatkit.yaml"
    file.write_text(KEPT + TAKING, encoding="utf-8")
    cookies = httpx.Cookies()
    path = ""
    for first in (True, False):
        loaded = load(file, environ={})
        assert check(loaded) == []
        key = b"k" * 32
        web = create_app(compile_app(loaded, key), web_settings(loaded.config, key))
        async with (
            serve(web) as url,
            httpx.AsyncClient(base_url=url, timeout=60) as browser,
            httpx.AsyncClient(base_url=url, timeout=60) as stranger,
        ):
            if first:
                visitor = Visitor(browser, "/chatkit")
                attachment = await upload(visitor, "a.png", "image/png", png())
                path = attachment["preview_url"].removeprefix(url)
                await send(visitor, attachment)
                thread_id, cookies = visitor.thread_id, browser.cookies
            assert (await stranger.get(path)).status_code == 200
    assert thread_id
    assert len(cookies) == 1
    assert len(kept(tmp_path)) == 2


PYTHON = """
plugins: [florist_of_test]
server: { python: "florist_of_test:Florist" }
attachments: { store: uploads }
storage: "memory:"
"""
FLORIST = """
from chatkit_host import clock
from chatkit_host.server import ChatKitServer
from chatkit_host.types import AssistantMessageContent, AssistantMessageItem, ThreadItemDoneEvent


class Florist(ChatKitServer):
    async def respond(self, thread, input_user_message, context):
        files = input_user_message.attachments
        data = await self.attachment_store.load(files[0].id, context)
        yield ThreadItemDoneEvent(item=AssistantMessageItem(
            id=self.store.generate_item_id("message", thread, context),
            thread_id=thread.id,
            created_at=clock.now(),
            content=[AssistantMessageContent(text=f"{files[0].name}: {data.decode()}")],
        ))
"""


async def test_a_server_in_python_has_files_too(tmp_path: Path) -> None:
    (tmp_path / "florist_of_test.py").write_text(FLORIST, encoding="utf-8")
    async with uploading(tmp_path, PYTHON) as visitor:
        await send(visitor, await upload(visitor, "a.txt", "text/plain", b"a rose"))
        assert visitor.said() == "a.txt: a rose"


def test_the_page_knows_what_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "chatkit.yaml"
    file.write_text(BOT + TAKING, encoding="utf-8")
    assert page_options(load(file, environ={}).config)["composer"]["attachments"] == {
        "enabled": True,
        "maxSize": 100_000,
        "maxCount": 2,
        "accept": {"image/*": [], "application/pdf": [], "text/*": []},
    }


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("accept", ["['text/*']", "['image/*']", "[application/pdf]"])
async def test_the_commands_on_the_page_work(tmp_path: Path, accept: str) -> None:
    taking = f"attachments: {{ accept: {accept} }}"
    async with uploading(tmp_path, BOT, taking) as visitor:
        announced = await pasted(visitor, "attachments.create", tmp_path)
        assert '"upload_descriptor":{"url":"http' in announced
        assert await pasted(visitor, "attachments.delete", tmp_path) == "{}"


async def test_a_folder_that_is_lost_is_our_fault_and_says_nothing(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await upload(visitor, "a.txt", "text/plain", b"x")
        shutil.rmtree(tmp_path / "uploads")
        response = await post_form(visitor, "b.txt", "text/plain", b"x")
        assert response.status_code == 500
        assert "uploads" not in error_of(response)
        url = f"{visitor.path}/attachments/{attachment['id']}"
        assert (await visitor.browser.get(url)).status_code == 404
