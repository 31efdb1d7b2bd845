"""The pet keeper on its own page: the garden around the chat, used to the end in a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from litestar import Litestar
from playwright.async_api import Locator, expect

from chatkit_host.compiler import compile_app
from chatkit_host.web import create_app, web_settings
from tests.docs.fences import ROOT
from tests.examples.visitor import load_in_memory
from tests.ui.browser import Screen, looking_at
from tests.ui.test_everyone import faults_of
from tests.web.bots import KEY
from tests.web.live import serve

BOT = ROOT / "examples" / "pet-keeper" / "chatkit.yaml"


def host() -> Litestar:
    loaded = load_in_memory(BOT)
    settings = web_settings(loaded.config, KEY, None, loaded.base_dir)
    return create_app(compile_app(loaded), settings)


@asynccontextmanager
async def garden(**context: Any) -> AsyncIterator[Screen]:
    """A browser in the garden; nothing that its policy forbids is tried there."""
    async with serve(host()) as url, looking_at(url, **context) as screen:
        await screen.open("/garden/")
        yield screen
        assert screen.faults == []
        assert screen.elsewhere == []


async def sees_numbers(screen: Screen, *, food: int, mood: int, shine: int) -> None:
    """Wait until they stand beside the chat, to read and to hear."""
    for name, number in {"food": food, "mood": mood, "shine": shine}.items():
        await expect(screen.find(f"#{name} b")).to_have_text(str(number))
        meter = screen.find(f"#{name} [role=meter]")
        await expect(meter).to_have_attribute("aria-valuenow", str(number))


def rows(screen: Screen) -> Locator:
    return screen.find("ock-widget .w-item")


def title(screen: Screen) -> Locator:
    return screen.find("header.header .title")


async def chooses_a_name(screen: Screen, name: str) -> None:
    await rows(screen).filter(has_text=name).locator(".w-hit").click()
    await screen.sees("That is a yes.")


async def test_it_is_looked_after_named_and_found_again() -> None:
    async with garden(locale="en-GB") as screen:
        await sees_numbers(screen, food=5, mood=5, shine=4)
        await screen.find(".prompt").filter(has_text="Feed the tortoise").click()
        await screen.sees("munches clover")
        await sees_numbers(screen, food=8, mood=5, shine=3)
        await expect(title(screen)).to_have_text("A tortoise without a name")

        await screen.find(".garden button").filter(has_text="Wash").click()
        await screen.sees("The shell shines: 7 of 10.")
        await sees_numbers(screen, food=8, mood=4, shine=7)

        await screen.say("Suggest names")
        await expect(rows(screen)).to_have_count(4)
        await chooses_a_name(screen, "Barnaby")
        await expect(screen.find("#name")).to_have_text("Barnaby")
        await expect(screen.find(".sign")).to_be_visible()
        await expect(title(screen)).to_have_text("Barnaby's garden")
        await expect(rows(screen)).to_have_count(3)
        await expect(screen.find(".w-hit")).to_have_count(0)
        await expect(screen.find('ock-icon[name="check-circle-filled"]')).to_have_count(1)

        await screen.say("Show the profile")
        card = screen.find("ock-widget").last
        await expect(card).to_contain_text("Barnaby")
        await card.locator("img").evaluate("image => image.decode()")
        await card.get_by_role("button", name="Play").click()
        await sees_numbers(screen, food=6, mood=7, shine=6)
        await expect(card).to_contain_text("7")
        await expect(card.get_by_role("button", name="Play")).to_be_enabled()

        await screen.page.reload()
        await sees_numbers(screen, food=6, mood=7, shine=6)
        await expect(screen.find("#name")).to_have_text("Barnaby")
        await expect(title(screen)).to_have_text("Barnaby's garden")
        await expect(rows(screen)).to_have_count(3)
        await screen.find("ock-widget").last.get_by_role("button", name="Feed").click()
        await sees_numbers(screen, food=9, mood=7, shine=5)


async def test_more_names_are_asked_for_by_the_page_and_a_second_choice_is_refused() -> None:
    async with garden(locale="en-GB") as screen:
        await screen.say("Suggest names")
        await rows(screen).filter(has_text="More names").locator(".w-hit").click()
        await screen.sees("More names, please")
        await expect(rows(screen)).to_have_count(8)
        await chooses_a_name(screen, "Olive")
        await rows(screen).filter(has_text="Hazel").locator(".w-hit").click()
        await screen.sees("it is called Olive already")
        await expect(title(screen)).to_have_text("Olive's garden")
        await expect(screen.find("#name")).to_have_text("Olive")


async def test_another_conversation_has_another_tortoise() -> None:
    async with garden(locale="en-GB") as screen:
        await screen.say("Call it Fern")
        await expect(screen.find("#name")).to_have_text("Fern")
        await screen.say("Play")
        await sees_numbers(screen, food=3, mood=8, shine=3)
        await screen.find(".new-chat").click()
        await expect(screen.find("#name")).to_have_text("Nameless")
        await sees_numbers(screen, food=5, mood=5, shine=4)
        await screen.find(".open-history").click()
        await screen.find(".history-open").filter(has_text="Fern's garden").click()
        await expect(screen.find("#name")).to_have_text("Fern")
        await sees_numbers(screen, food=3, mood=8, shine=3)


async def test_clicks_in_quick_succession_are_served_one_after_the_other() -> None:
    async with garden(locale="en-GB") as screen:
        await screen.say("Hello")
        await expect(screen.find(".words")).to_have_text("Hello. Slowly, please.")
        play = screen.find(".garden button").filter(has_text="Play")
        for _ in range(3):
            await play.click()
        await sees_numbers(screen, food=0, mood=10, shine=1)
        await expect(screen.find(".entries").get_by_text("Mood: 10 of 10.")).to_have_count(2)


async def test_the_stop_button_cannot_be_used() -> None:
    async with garden(locale="en-GB") as screen:
        await screen.say(
            "Hello"
        )  # the element learns with the first answer that none can be stopped
        await expect(screen.find(".words")).to_have_text("Hello. Slowly, please.")
        await screen.page.evaluate(
            """() => {
              const chat = document.querySelector('openai-chatkit');
              window.stops = 0;
              new MutationObserver(() => {
                const button = chat.shadowRoot.querySelector('button.is-stop');
                if (button && !button.disabled && button.offsetParent) window.stops++;
              }).observe(chat.shadowRoot, { subtree: true, childList: true, attributes: true });
            }"""
        )
        await screen.say("Feed it")
        await screen.sees("munches dandelions")
        assert await screen.page.evaluate("window.stops") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
async def test_axe_finds_nothing_serious_and_all_of_it_fits(scheme: Any, width: int) -> None:
    viewport: Any = {"width": width, "height": 800}
    calm: Any = "reduce"
    look = {"color_scheme": scheme, "reduced_motion": calm, "viewport": viewport}
    async with garden(locale="en-GB", bypass_csp=True, **look) as screen:
        await screen.say("Suggest names")
        await expect(rows(screen)).to_have_count(4)
        await chooses_a_name(screen, "Pebble")
        await screen.say("Show the profile")
        await screen.find("ock-widget").last.get_by_role("button", name="Wash").click()
        await sees_numbers(screen, food=5, mood=4, shine=8)
        assert await faults_of(screen) == []
        wide = "document.documentElement.scrollWidth <= innerWidth"
        assert await screen.page.evaluate(wide)
        assert await screen.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
