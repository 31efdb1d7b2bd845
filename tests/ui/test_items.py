"""Every kind of item, as it streams and as it is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.async_api import expect

from chatkit_host.compiler import compile_app
from chatkit_host.types import (
    ErrorEvent,
    GeneratedImage,
    GeneratedImageItem,
    GeneratedImageUpdated,
    ProgressUpdateEvent,
    StreamEvent,
    ThreadItemAddedEvent,
    ThreadItemUpdatedEvent,
)
from chatkit_host.web import create_app, web_settings
from tests.docs.fences import ROOT
from tests.examples.visitor import load_in_memory
from tests.ui.bots import bot
from tests.ui.browser import Screen, looking_at
from tests.ui.gallery import PICTURE, Items, everything
from tests.web.bots import KEY
from tests.web.live import serve

OPTIONS = {"threadItemActions": {"feedback": True, "retry": True}}


async def shows_everything(screen: Screen) -> None:
    """All of the gallery is on the page."""
    find = screen.find
    await find(".workflow-head").get_by_text("Thought for 8 seconds").wait_for()
    assert await find(".md table td").count() == 6
    await find(".code-block .hljs-keyword").first.wait_for()
    await find(".tex .katex").first.wait_for()
    await find(".tex-display .katex-display").wait_for()
    assert await find(".cite").all_inner_texts() == ["Example", "Allen nursery", "Handbook"]
    await find(".task-title").get_by_text("Wrote it down").wait_for()
    await find(".generated img").wait_for()
    await find(".w-title").get_by_text("Order three clay pots?").wait_for()
    await find(".questions legend").first.get_by_text("Where will it stand?").wait_for()


async def test_all_kinds_are_shown_streamed_and_loaded() -> None:
    _, app = bot({"Tell me all": everything}, options=OPTIONS)
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.say("Tell me all")
        await shows_everything(screen)
        assert await screen.find(".notice").count() == 2
        await screen.reload()
        await shows_everything(screen)
        assert screen.faults == []
        assert screen.elsewhere == []


async def test_a_workflow_unfolds() -> None:
    _, app = bot({"Tell me all": everything})
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.say("Tell me all")
        await screen.find(".workflow-head").click()
        await screen.sees("Compared prices")
        await screen.find(".chip").get_by_text("fern soil").wait_for()
        await screen.find(".workflow-head").click()
        await screen.find(".tasks").wait_for(state="detached")


async def test_a_source_is_previewed() -> None:
    _, app = bot({"Tell me all": everything})
    calm: Any = "reduce"
    async with serve(app) as url, looking_at(url, reduced_motion=calm) as screen:
        await screen.open()
        await screen.say("Tell me all")
        await shows_everything(screen)
        await screen.answered()
        await screen.find(".cite-url").hover()
        await screen.find(".preview-title").get_by_text("Fern – an encyclopaedia").wait_for()
        await screen.page.mouse.move(0, 0)
        await screen.find(".preview").wait_for(state="detached")


async def test_questions_are_answered_and_the_answers_stay() -> None:
    _, app = bot({"Tell me all": everything})
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.say("Tell me all")
        assert await screen.find(".questions .is-strong").is_disabled()
        await screen.find(".choice").get_by_text("Full sun").click()
        await screen.find(".questions .field").last.fill("12 m²")
        await screen.find(".questions .is-strong").click()
        await expect(screen.find(".record dd")).to_have_text(["Full sun", "12 m²"])
        await screen.sees("You said: ")


def drawing(thread_id: str) -> Iterator[StreamEvent]:
    item = GeneratedImageItem(**Items(thread_id).base())
    yield ThreadItemAddedEvent(item=item)
    picture = GeneratedImage(id="i", url=PICTURE)
    update = GeneratedImageUpdated(image=picture, progress=0.5)
    yield ThreadItemUpdatedEvent(item_id=item.id, update=update)
    yield ProgressUpdateEvent(text="Nearly done…", icon="sparkle")
    yield ErrorEvent(message="The paint has run out.", allow_retry=True)


async def test_progress_and_errors_with_retry() -> None:
    server, app = bot({"Draw": drawing})
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.say("Draw")
        await screen.find(".notice").get_by_text("The paint has run out.").wait_for()
        server.script["Draw"] = "Here it is."
        await screen.find(".notice button").click()
        await screen.sees("Here it is.")
        assert await screen.find(".notice").count() == 0


async def test_an_answer_is_copied_judged_and_made_anew() -> None:
    server, app = bot({"Hi": "**Hello** there"}, options=OPTIONS)
    rights: Any = ["clipboard-read", "clipboard-write"]
    async with serve(app) as url, looking_at(url, permissions=rights) as screen:
        await screen.open()
        await screen.say("Hi")
        await screen.answered()
        await screen.find(".copy-answer").click()
        copied = await screen.page.evaluate("navigator.clipboard.readText()")
        assert copied == "**Hello** there"
        await screen.find(".thumb-positive").click()
        await screen.find(".thumb-positive[aria-pressed=true]").wait_for()
        server.script["Hi"] = "Another one"
        await screen.find(".retry-answer").click()
        await screen.sees("Another one")
        await screen.answered()
        assert await screen.find(".entry.is-assistant_message").count() == 1


async def test_code_is_copied() -> None:
    _, app = bot({"Code": "```python\nprint(1)\n```"})
    rights: Any = ["clipboard-read", "clipboard-write"]
    async with serve(app) as url, looking_at(url, permissions=rights) as screen:
        await screen.open()
        await screen.say("Code")
        await screen.answered()
        await screen.find(".code-copy").click()
        assert await screen.page.evaluate("navigator.clipboard.readText()") == "print(1)"


async def test_words_are_quoted_in_the_reply() -> None:
    _server, app = bot({"Hi": "Ferns like shade"})
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.say("Hi")
        await screen.answered()
        await screen.find(".assistant p").dblclick(position={"x": 10, "y": 10})
        await screen.find(".quote-button").click()
        await screen.find(".reply-text").get_by_text("Ferns").wait_for()
        await screen.say("Why?")
        await screen.sees("You said: Why?")
        assert await screen.find(".quoted").inner_text() == "Ferns"


async def test_a_handoff_says_who_answers_now_live_and_loaded() -> None:
    loaded = load_in_memory(ROOT / "examples/multi-agent/chatkit.yaml")
    app = create_app(compile_app(loaded), web_settings(loaded.config, KEY))
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.say("Where is my parcel?")
        await screen.sees("Which order?")
        handoff = screen.find(".workflow-head").filter(has_text="Over to the orders")
        await expect(handoff.locator("ock-icon").first).to_have_attribute("name", "cube")
        await screen.answered()
        await screen.reload()
        await expect(handoff).to_be_visible()
