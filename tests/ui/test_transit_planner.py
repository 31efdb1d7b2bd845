"""The transit planner of examples/, used on its own page to the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from chatkit_host.compiler import compile_app
from chatkit_host.web import create_app, web_settings
from tests.examples.visitor import EXAMPLES, load_in_memory
from tests.ui.browser import Screen, looking_at
from tests.ui.test_everyone import faults_of
from tests.web.live import serve

BOT = EXAMPLES / "transit-planner" / "chatkit.yaml"


@asynccontextmanager
async def planning(**context: Any) -> AsyncIterator[Screen]:
    """The planner's page, open."""
    loaded = load_in_memory(BOT)
    settings = web_settings(loaded.config, b"k" * 32, None, loaded.base_dir)
    calm: Any = "reduce"
    async with (
        serve(create_app(compile_app(loaded), settings)) as url,
        looking_at(url, reduced_motion=calm, **context) as screen,
    ):
        await screen.open("/planner/")
        yield screen


def station(screen: Screen, name: str) -> Locator:
    """A station on the map."""
    return screen.find(f"[data-station='{name}']")


async def in_focus(screen: Screen, *names: str) -> None:
    """Wait until these stations are in the foreground, and no others."""
    for name in names:
        await station(screen, name).and_(screen.find(".is-focus")).wait_for()
    await expect(screen.find(".station.is-focus")).to_have_count(len(names))


async def build(screen: Screen, name: str, line: str, place: str) -> None:
    """Ask for a station, pick its line, and fill in the form."""
    await screen.say(f"Add a station called {name}")
    await screen.find(".w-hit").filter(has_text=line).click()
    form = screen.find(".w-card form")
    await expect(form.get_by_label("Name")).to_have_value(name)
    await form.get_by_text(place).click()
    await form.get_by_role("button", name="Build it").click()


async def test_a_station_is_built_in_widgets_appears_on_the_map_and_outlives_a_reload() -> None:
    async with planning() as screen:
        await expect(screen.find(".station")).to_have_count(17)
        await build(screen, "Kite Field", "Orchard Line", "Before Mill Pond")
        await screen.sees("The Orchard Line now goes on past")
        await in_focus(screen, "kite-field", "mill-pond")
        await expect(screen.find(".w-hit")).to_have_count(0)
        await screen.find(".w-card").get_by_text("built").wait_for()
        assert await screen.find(".w-card form button").count() == 0
        await screen.answered()

        await screen.page.reload()
        await screen.sees("The Orchard Line now goes on past")
        await station(screen, "kite-field").wait_for()
        await expect(screen.find(".w-hit")).to_have_count(0)
        await screen.find(".cite").get_by_text("Kite Field").click()
        await in_focus(screen, "kite-field")
        assert (screen.faults, screen.elsewhere) == ([], [])


async def test_the_page_shows_where_a_line_would_go_on() -> None:
    async with planning() as screen:
        await screen.say("Add a station")
        await screen.find(".w-hit").filter(has_text="Quay Line").click()
        await in_focus(screen, "saltgate", "breakwater")
        await expect(screen.find(".ghost")).to_have_count(2)
        form = screen.find(".w-card form")
        await form.get_by_role("button", name="Build it").click()
        await expect(form.get_by_label("Name")).to_be_focused()  # it is empty, and wanted
        await form.get_by_label("Name").fill("Clocktower")
        await form.get_by_role("button", name="Build it").click()
        await screen.find(".entries").get_by_text("There is a station called Clocktower").wait_for()
        await form.get_by_label("Name").fill("Lighthouse")
        await form.get_by_role("button", name="Build it").click()
        await in_focus(screen, "lighthouse", "breakwater")
        await expect(screen.find(".ghost")).to_have_count(0)
        assert screen.faults == []


async def test_stations_are_mentioned_cited_and_looked_at() -> None:
    async with planning() as screen:
        await screen.find(".editor").press_sequentially("How do I get from Saltgate to @mer")
        await screen.find("[role=option]").get_by_text("Meridian Gate").wait_for()
        await screen.page.keyboard.press("Enter")
        await screen.find(".editor .mention").get_by_text("Meridian Gate").wait_for()
        await screen.page.keyboard.press("Enter")
        await screen.sees("Take the Quay Line from")
        await in_focus(
            screen,
            *("saltgate", "ropewalk", "lantern-bridge", "clocktower", "meridian-gate"),
        )
        await expect(screen.find(".route")).to_have_count(4)
        await screen.answered()

        said = await screen.find(".md").last.inner_text()
        assert said.count("Meridian Gate") == 1
        gate = screen.find(".cite").filter(has_text="Meridian Gate")
        await gate.hover()
        await screen.find(".preview").get_by_text("noon is measured").wait_for()
        await gate.click()
        await in_focus(screen, "meridian-gate")
        await screen.find(".bubble .mention").click()
        await in_focus(screen, "meridian-gate")
        assert screen.faults == []


async def test_the_page_says_what_is_selected_by_mouse_and_by_keyboard() -> None:
    async with planning() as screen:
        await station(screen, "fishmarket").click()
        await station(screen, "clocktower").focus()
        await screen.page.keyboard.press("Enter")
        await expect(station(screen, "clocktower")).to_have_attribute("aria-pressed", "true")
        await expect(station(screen, "clocktower")).to_be_focused()
        await screen.find("#ask").click()
        await screen.sees("a clock that runs late")
        await screen.sees("Loud before seven")
        await in_focus(screen, "fishmarket", "clocktower")
        await screen.answered()
        await screen.find("#clear").click()
        await screen.say("And the selected stations now?")
        await screen.sees("No station is selected")
        assert screen.faults == []


async def test_a_station_that_is_dragged_away_is_there_for_everybody() -> None:
    async with planning() as screen:
        place = await station(screen, "ferry-point").locator("circle").last.bounding_box()
        assert place is not None
        x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
        mouse = screen.page.mouse
        await mouse.move(x, y)
        await mouse.down()
        await mouse.move(x + 60, y, steps=4)
        async with screen.page.expect_response("**/map/stations/ferry-point") as answer:
            await mouse.up()
        moved = (await (await answer.value).json())["stations"]
        [ferry_point] = [each for each in moved if each["id"] == "ferry-point"]
        assert ferry_point["x"] > 7
        second = await screen.page.context.browser.new_page()  # type: ignore[union-attr]
        await second.goto(screen.url + "/planner/")
        there = second.locator("[data-station='ferry-point']")
        at = f"translate({ferry_point['x']} {ferry_point['y']})"
        await expect(there).to_have_attribute("transform", at)


async def test_who_comes_back_to_the_page_sees_what_others_have_built() -> None:
    async with planning() as screen:
        now = await (await screen.page.request.get(f"{screen.url}/map")).json()
        now["stations"][0]["name"] = "Old Saltgate"
        await screen.page.request.post(f"{screen.url}/map", data=now)
        await expect(screen.find("#map").get_by_text("Old Saltgate")).to_have_count(0)
        await screen.page.evaluate("dispatchEvent(new Event('focus'))")
        await screen.find("#map").get_by_text("Old Saltgate").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious_on_the_page(scheme: Any) -> None:
    async with planning(color_scheme=scheme, bypass_csp=True) as screen:
        await build(screen, "Kite Field", "Quay Line", "After Breakwater")
        await screen.sees("The Quay Line now goes on past")
        await screen.answered()
        await station(screen, "fishmarket").click()
        assert await faults_of(screen) == []


async def test_it_fits_a_phone() -> None:
    async with planning(viewport={"width": 360, "height": 740}) as screen:
        await screen.say("Add a station called Kite Field")
        await screen.find(".w-hit").filter(has_text="Quay Line").click()
        send = screen.find(".w-card form").get_by_role("button", name="Build it")
        await expect(send).to_be_in_viewport()  # the form comes below the list
        await send.click()
        await in_focus(screen, "kite-field", "breakwater")
        width = await screen.page.evaluate("document.documentElement.scrollWidth")
        assert width == 360
        box = await station(screen, "kite-field").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
