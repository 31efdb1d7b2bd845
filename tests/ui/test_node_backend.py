"""The element with another ChatKit server, `chatkit-node-backend-sdk`."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.ui.browser import looking_at
from tests.ui.built import ROOT


@asynccontextmanager
async def node_server() -> AsyncIterator[str]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("There is no Node.")
    script = ROOT / "ui/test/node_backend/server.mjs"
    process = await asyncio.create_subprocess_exec(
        node, script, cwd=ROOT / "ui", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        port = int(await process.stdout.readline())
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.wait()


async def test_it_talks_loads_lists_and_retries() -> None:
    async with node_server() as url, looking_at(url) as screen:
        await screen.open()
        await screen.say("Hello")
        await screen.sees("in Node")
        await screen.answered()
        await screen.reload()
        await screen.sees("in Node")
        assert await screen.find(".entry.is-user_message").count() == 1
        await screen.say("Again")
        await screen.answered()
        await screen.find(".turn-actions").nth(1).wait_for()
        await screen.find(".retry-answer").last.click()
        await screen.answered()
        await screen.find(".open-history").click()
        await screen.find(".history-open").first.wait_for()
        assert screen.elsewhere == []
        assert screen.faults == []
        assert await screen.find(".notice").count() == 0
