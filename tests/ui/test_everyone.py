"""Keyboard, screen readers, phones, calm screens, other languages and directions."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.ui.bots import bot
from tests.ui.browser import Screen, looking_at
from tests.ui.built import ROOT
from tests.ui.gallery import everything
from tests.web.live import serve

OPTIONS = {
    "threadItemActions": {"feedback": True, "retry": True},
    "composer": {
        "attachments": {"enabled": True},
        "tools": [{"id": "s", "label": "Search the web", "icon": "globe"}],
        "models": [{"id": "a", "label": "Careful", "default": True}, {"id": "b", "label": "Quick"}],
        "dictation": {"enabled": True},
    },
    "disclaimer": {"text": "Answers are made by a *machine*."},
}


async def faults_of(screen: Screen) -> list[str]:
    """What axe finds that is serious."""
    axe = (ROOT / "ui/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
    await screen.page.evaluate(axe)
    found: list[dict[str, Any]] = await screen.page.evaluate(
        "async () => (await axe.run({ resultTypes: ['violations'] })).violations"
    )
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious(scheme: Any) -> None:
    _, app = bot({"Tell me all": everything}, options=OPTIONS)
    calm: Any = "reduce"
    async with (
        serve(app) as url,
        looking_at(url, color_scheme=scheme, reduced_motion=calm, bypass_csp=True) as screen,
    ):
        await screen.open()
        assert await faults_of(screen) == []
        await screen.say("Tell me all")
        await screen.sees("Where will it stand?")
        await screen.find(".workflow-head").click()
        await screen.find(".hljs-keyword").first.wait_for()
        await screen.find(".katex").first.wait_for()
        assert await faults_of(screen) == []
        await screen.find(".open-history").click()
        await screen.find(".history-open").first.wait_for()
        assert await faults_of(screen) == []
        await screen.page.keyboard.press("Escape")
        await screen.find(".open-tools").click()
        await screen.find(".pop-menu").wait_for()
        assert await faults_of(screen) == []


async def test_all_can_be_done_by_keyboard() -> None:
    _, app = bot(options=OPTIONS)
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        press = screen.page.keyboard.press
        await screen.find(".editor").focus()
        await screen.page.keyboard.type("One\ntwo".replace("\n", ""))
        await press("Shift+Enter")
        await screen.page.keyboard.type("three")
        await press("Enter")
        await expect(screen.find(".bubble")).to_have_text("Onetwo\nthree", use_inner_text=True)
        await screen.answered()
        await screen.find(".open-history").focus()
        await press("Enter")
        await screen.find(".history-search input").wait_for()
        for _ in range(12):
            await press("Tab")
            root = "document.querySelector('openai-chatkit').shadowRoot"
            inside = f"{root}.activeElement?.closest('.history') !== null"
            assert await screen.page.evaluate(inside)
        await press("Escape")
        await screen.find(".history").wait_for(state="detached")
        focused = "document.querySelector('openai-chatkit').shadowRoot.activeElement.className"
        assert "open-history" in await screen.page.evaluate(focused)


async def test_on_a_phone_nothing_is_wider_than_the_screen() -> None:
    _, app = bot({"Tell me all": everything}, options=OPTIONS)
    phone: dict[str, Any] = {"viewport": {"width": 360, "height": 640}, "is_mobile": True}
    async with serve(app) as url, looking_at(url, has_touch=True, **phone) as screen:
        await screen.open()
        await screen.say("Tell me all")
        await screen.sees("Where will it stand?")
        wide = await screen.page.evaluate("""() => {
          const root = document.querySelector('openai-chatkit').shadowRoot;
          return [...root.querySelectorAll('.entry > *, .composer, .header')]
            .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
            .map((each) => each.className || each.localName);
        }""")
        assert wide == []
        assert await screen.page.evaluate("document.documentElement.scrollWidth") == 360
        small = await screen.page.evaluate("""() => {
          const root = document.querySelector('openai-chatkit').shadowRoot;
          return [...root.querySelectorAll('.composer button, .header button')]
            .map((each) => each.getBoundingClientRect())
            .filter(({ width, height }) => Math.min(width, height) < 32).length;
        }""")
        assert small == 0


async def test_german_is_spoken_where_the_browser_does() -> None:
    _, app = bot()
    async with serve(app) as url, looking_at(url, locale="de-AT") as screen:
        await screen.open()
        await screen.find(".greeting").get_by_text("Wobei kann ich heute helfen?").wait_for()
        await screen.find("[aria-label=Senden]").wait_for()


async def test_arabic_runs_from_right_to_left() -> None:
    _, app = bot({"Hi": "مرحبا"}, options={"locale": "ar"})
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.say("Hi")
        await screen.answered()
        bubble = await screen.find(".bubble").bounding_box()
        send = await screen.find(".send").bounding_box()
        assert bubble is not None
        assert send is not None
        assert bubble["x"] < 500
        assert send["x"] < 500


async def test_who_wants_no_motion_gets_none() -> None:
    server, app = bot()
    calm: Any = "reduce"
    async with serve(app) as url, looking_at(url, reduced_motion=calm) as screen:
        await screen.open()
        server.gate.clear()
        await screen.say("Hi")
        await screen.sees("You")
        moving = "document.querySelector('openai-chatkit').getAnimations({ subtree: true }).length"
        assert await screen.page.evaluate(moving) == 0
        server.gate.set()
        await screen.answered()
