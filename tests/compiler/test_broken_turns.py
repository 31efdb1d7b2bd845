"""What stays of a turn that breaks off while a tool is at work: its effects, and its call."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatkit_host.types import ToolCallItem
from tests.compiler.bots import ANN, BASE, Conversation, make_bot, said
from tests.plugins import forget_plugins

SHOP = """
import asyncio

began = asyncio.Event()

async def pay(context):
    context.state["paid"] = 7
    began.set()
    await asyncio.Event().wait()
"""
BOT = """
agents: { helper: { instructions: Be kind., tools: [go] } }
plugins: [shop_of_a_test]
state: { paid: 0 }
tools: { go: { description: Pay., python: "shop_of_a_test:pay" } }
"""


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Conversation]:
    (tmp_path / "shop_of_a_test.py").write_text(SHOP, encoding="utf-8")
    with forget_plugins("shop_of_a_test"):
        conversation = Conversation(make_bot(tmp_path, BASE, BOT))
        await conversation.say("hi")
        yield conversation


async def calls(talk: Conversation) -> list[tuple[str, str | None]]:
    return [(i.name, i.output) for i in await talk.items() if isinstance(i, ToolCallItem)]


async def test_a_call_that_a_stop_cuts_off_stays_with_its_effects(talk: Conversation) -> None:
    answer = asyncio.create_task(talk.say("go"))
    await sys.modules["shop_of_a_test"].began.wait()
    assert await talk.app.server.cancel_turn(talk.thread_id, ANN)
    await answer
    assert (await talk.state())["paid"] == 7
    assert await calls(talk) == [("go", None)]
    assert said(await talk.say("hi")) == ["You said: hi"]
