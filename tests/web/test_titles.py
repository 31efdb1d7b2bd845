"""Titles over HTTP: thought of beside the answer, never over one that is set."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.examples.visitor import Json, Visitor
from tests.model_server.script import Part, call, fail, hang, say
from tests.model_server.server import ModelServer
from tests.web.hosted import APIS, hosted, model_at

BOT = """
agents: { helper: { instructions: Help., tools: [name_it] } }
tools: { name_it: { description: Name it., steps: [set: { thread.title: Mine }] } }
respond: { title: auto }
storage: "memory:"
"""


@pytest.fixture(params=APIS)
def model(request: pytest.FixtureRequest, model_server: ModelServer) -> str:
    return model_at(model_server, request.param)


def answers(
    server: ModelServer, count: int, *, title: Sequence[Part], answer: Sequence[Part]
) -> None:
    """The next requests, in whichever order they come: for a title, or for an answer."""

    def reply(body: Json) -> Sequence[Part]:
        return title if "title" in str(body.get("instructions") or body["messages"][0]) else answer

    for _ in range(count):
        server.reply_with(reply)


def titles(visitor: Visitor) -> list[str | None]:
    """The titles that the last answer's events tell of."""
    told = [e["thread"].get("title") for e in visitor.events if e["type"] == "thread.updated"]
    return [title for title in told if title is not None]


async def stored_title(visitor: Visitor) -> Any:
    thread = await visitor.ask("threads.get_by_id", thread_id=visitor.thread_id)
    return thread.get("title")


async def test_auto_asks_the_model_beside_the_answer(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    answers(model_server, 2, title=[say('"Ferns in the shade."\n')], answer=[say("Half shade.")])
    async with hosted(tmp_path, BOT, model) as visitor:
        assert await visitor.say("Where do ferns grow?") == "Half shade."
        assert titles(visitor) == ["Ferns in the shade"]
        assert await stored_title(visitor) == "Ferns in the shade"
        answers(model_server, 1, title=[say("Never")], answer=[say("Yes.")])
        assert await visitor.say("Really?") == "Yes."
        assert titles(visitor) == []
    assert len(model_server.requests) == 3


async def test_a_title_that_cannot_be_thought_of_is_the_beginning_of_the_message(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    answers(model_server, 2, title=[fail(400)], answer=[say("Hm.")])
    long = "Please tell me at some length where ferns and their relatives like to grow"
    async with hosted(tmp_path, BOT, model) as visitor:
        assert await visitor.say(long) == "Hm."
        assert titles(visitor) == ["Please tell me at some length where ferns and their…"]


async def test_a_title_that_a_step_sets_stays(
    tmp_path: Path, model: str, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model never stops thinking of one, and is not waited for in vain."""
    monkeypatch.setattr("chatkit_host.compiler.titles.PATIENCE", 0.05)
    thinking = hang()
    moves: Iterator[Sequence[Part]] = iter([[call("name_it")], [say("Named.")]])

    def reply(body: Json) -> Sequence[Part]:
        if "title" in str(body.get("instructions") or body["messages"][0]):
            return [thinking, say("Theirs")]
        return next(moves)

    for _ in range(3):
        model_server.reply_with(reply)
    async with hosted(tmp_path, BOT, model) as visitor:
        assert await visitor.say("Name it") == "Named."
        assert titles(visitor) == ["Mine"]
        assert await stored_title(visitor) == "Mine"


async def test_a_title_that_the_user_gives_meanwhile_stays(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    """The title is still being thought of when the user renames the thread."""
    async with hosted(tmp_path, BOT, model) as visitor:

        async def rename() -> None:
            threads = await visitor.ask("threads.list")
            thread_id = threads["data"][0]["id"]
            await visitor.ask("threads.update", thread_id=thread_id, title="The user's")

        stuck = hang()
        answers(model_server, 2, title=[say("Late")], answer=[stuck, say("Done.")])
        talking = asyncio.create_task(visitor.say("Hello there"))
        await model_server.wait(stuck.reached)
        await rename()
        stuck.release()
        assert await talking == "Done."
        assert await stored_title(visitor) == "The user's"


async def test_another_agent_may_be_asked(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    bot = """
    agents:
      helper: { instructions: Help. }
      namer: { instructions: You think of a title. }
    respond: { agent: helper, title: { agent: namer } }
    storage: "memory:"
    """
    answers(model_server, 2, title=[say("# Ferns")], answer=[say("Half shade.")])
    async with hosted(tmp_path, bot, model) as visitor:
        assert await visitor.say("Ferns?") == "Half shade."
        assert titles(visitor) == ["Ferns"]


async def test_rules_take_the_message_for_a_title(tmp_path: Path) -> None:
    rules = "models: { default: { provider: rules, rules: [{ say: Hi. }] } }"
    async with hosted(tmp_path, BOT, rules) as visitor:
        assert await visitor.say("  Hello\nthere ") == "Hi."
        assert await stored_title(visitor) == "Hello there"


async def test_a_title_is_not_asked_for_when_the_answer_fails(
    tmp_path: Path, model: str, model_server: ModelServer
) -> None:
    answers(model_server, 2, title=[hang()], answer=[fail(400)])
    async with hosted(tmp_path, BOT, model) as visitor:
        await visitor.say("Hello")
        assert visitor.errors()
        assert await stored_title(visitor) is None


DOMAINS = """
models: { default: { provider: rules, rules: [{ say: Hi. }] } }
agents: { helper: { instructions: Help. } }
respond: { allowed_image_domains: [files.example.com, "localhost:9000"] }
"""


async def test_image_domains_are_told_with_every_thread(tmp_path: Path) -> None:
    expected = ["files.example.com", "localhost:9000"]
    async with hosted(tmp_path, DOMAINS) as visitor:
        await visitor.say("Hello")
        assert visitor.events[0]["thread"]["allowed_image_domains"] == expected
        [listed] = (await visitor.ask("threads.list"))["data"]
        assert listed["allowed_image_domains"] == expected
