"""A person talks to the bot on the host's own page."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import expect

from chatkit_host.compiler import compile_app
from chatkit_host.config import load
from chatkit_host.config.auth import ApiKey
from chatkit_host.web import create_app, web_settings
from chatkit_host.web.auth.api_keys import ApiKeysAuth
from tests.ui.bots import bot
from tests.ui.browser import looking_at
from tests.web.live import serve

ROOT = Path(__file__).parents[2]


async def test_one_meets_the_root_s_own_bot(tmp_path: Path) -> None:
    text = (ROOT / "chatkit.yaml").read_text(encoding="utf-8")
    (tmp_path / "chatkit.yaml").write_text(text)
    loaded = load(tmp_path / "chatkit.yaml")
    app = create_app(compile_app(loaded), web_settings(loaded.config, b"k" * 32))
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.find(".greeting").get_by_text("What shall we grow today?").wait_for()
        await screen.find(".prompt").first.click()
        await screen.sees("Boston fern")
        await screen.answered()
        await screen.find(".w-item").nth(2).click()
        await screen.sees("Bright shade and a bath once a week.")
        assert await screen.find(".title").inner_text() == "About the Moth orchid"
        assert screen.faults == []
        assert screen.elsewhere == []


async def test_a_reload_leads_back_to_the_thread() -> None:
    _, app = bot()
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.say("Hello")
        await screen.sees("You said: Hello")
        await screen.page.wait_for_url("**/#thread=*")
        await screen.reload()
        await screen.sees("You said: Hello")
        assert await screen.find(".entry.is-user_message").count() == 1


async def test_drafts_survive_a_reload_and_arrows_recall_what_was_sent() -> None:
    _, app = bot()
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.say("First")
        await screen.answered()
        await screen.page.keyboard.type("Half a tho")
        await screen.reload()
        await screen.sees("You said: First")
        await screen.find(".editor").get_by_text("Half a tho").wait_for()
        await screen.find(".editor").fill("")
        await screen.find(".editor").press("ArrowUp")
        assert await screen.find(".editor").inner_text() == "First"


async def test_with_api_keys_the_page_asks_for_one_and_again_for_a_wrong_one() -> None:
    auth = ApiKeysAuth([ApiKey.model_validate({"key": "right", "user": "ann"})])
    _, app = bot(auth=auth, uses_keys=True)
    async with serve(app) as url, looking_at(url) as screen:
        await screen.page.goto(url)
        await screen.find(".key input").fill("wrong")
        await screen.page.keyboard.press("Enter")
        await screen.say("Hello")
        await screen.find(".key input").fill("right")
        await screen.page.keyboard.press("Enter")
        await screen.find(".key").wait_for(state="detached")
        await screen.say("Hello again")
        await screen.sees("You said: Hello again")
        await screen.reload()
        await screen.sees("You said: Hello again")
        assert screen.faults == []


async def test_a_draft_stays_with_its_thread_though_the_one_that_is_opened_still_answers() -> None:
    server, app = bot({"Wait": "One moment please"})
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        server.gate.clear()
        await screen.say("Wait")
        await screen.sees("One")
        await screen.find(".new-chat").click()
        await screen.find(".editor").press_sequentially("Something new")
        await screen.find(".open-history").click()
        await screen.find(".history-open").first.click()
        await screen.sees("One")
        await expect(screen.find(".editor")).to_have_text("")
        server.gate.set()
        await screen.answered()
        await screen.find(".new-chat").click()
        await expect(screen.find(".editor")).to_have_text("Something new")
