"""The examples that are made to be looked at, on the host's own page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import expect

from chatkit_host.compiler import compile_app
from chatkit_host.web import create_app, web_settings
from tests.examples.visitor import EXAMPLES, load_in_memory
from tests.ui.browser import Screen, looking_at
from tests.web.bots import KEY
from tests.web.live import serve


@asynccontextmanager
async def looking(name: str) -> AsyncIterator[Screen]:
    """The page of an example; nothing on it may be against its policy."""
    loaded = load_in_memory(EXAMPLES / name / "chatkit.yaml")
    web = create_app(compile_app(loaded), web_settings(loaded.config, KEY, None, loaded.base_dir))
    async with serve(web) as url, looking_at(url) as screen:
        await screen.open()
        yield screen
        assert screen.faults == []


async def test_the_to_do_list_is_edited_where_it_is_shown() -> None:
    async with looking("todo-list") as screen:
        await screen.say("add water the fern")
        await screen.sees("Noted. 1 on the list.")
        await screen.answered()
        await screen.say("show the list")
        card, keyboard = screen.find("ock-widget"), screen.page.keyboard
        boxes, field = card.locator(".w-check"), card.locator("input[name=title]")
        for what in ("sweep the floor", "buy pots"):
            await field.fill(what)
            await keyboard.press("Enter")
            await expect(boxes.last).to_have_text(what)
            await expect(field).to_have_value("")
        await boxes.nth(1).click()
        await expect(card.get_by_text("1 of 3 done")).to_be_visible()
        await card.get_by_role("button", name="Rename").first.click()
        await expect(field.first).to_be_focused()
        await keyboard.type("water all ferns")
        await keyboard.press("Enter")
        await expect(boxes.first).to_have_text("water all ferns")
        await card.get_by_role("button", name="Delete").last.click()
        await expect(boxes).to_have_count(2)
        await screen.reload()
        await expect(boxes).to_have_text(["water all ferns", "sweep the floor"])
        await expect(boxes.nth(1).locator("input")).to_be_checked()


async def test_an_article_is_found_cited_and_read_on_a_click() -> None:
    async with looking("faq") as screen:
        await screen.find(".prompt").nth(1).click()
        await screen.sees("You can send any plant back within 30 days")
        await expect(screen.find(".w-item").first).to_contain_text("Returning a plant")
        await screen.find(".entries").get_by_role("button", name="Returning a plant").first.hover()
        await screen.find(".w-item .w-hit").first.click()
        await screen.sees("Print the label at")


async def test_data_is_a_card_whose_button_keeps_it() -> None:
    async with looking("structured-output") as screen:
        await screen.say("look: lunch 31 with Ada")
        card = screen.find("ock-widget")
        await expect(card.get_by_text("31.00 €")).to_be_visible()
        await card.get_by_role("button", name="Keep it").click()
        await screen.sees("Kept. 1 so far, 31.00 € in all.")
        await expect(card.get_by_text("It is in the book.")).to_be_visible()
        await expect(card.get_by_role("button")).to_have_count(0)
