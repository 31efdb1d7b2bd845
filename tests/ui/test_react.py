"""The unmodified `@openai/chatkit-react`, under React 19 in StrictMode."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.ui.bots import bot
from tests.ui.browser import Screen, looking_at
from tests.ui.built import ROOT
from tests.web.live import serve

EARLY = '<script type="module" src="/chatkit.js"></script>'
APP = '<div id="root"></div><script type="module" src="/own/app.js"></script>'


@pytest.fixture(scope="session")
def app_js(tmp_path_factory: pytest.TempPathFactory) -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("There is no Node to bundle React with.")
    folder = tmp_path_factory.mktemp("react")
    script = ROOT / "ui/test/react/build.mjs"
    subprocess.run([node, script, folder], check=True, cwd=ROOT / "ui", capture_output=True)
    return next(Path(folder).glob("*.js")).read_text(encoding="utf-8")


@asynccontextmanager
async def mounted(app_js: str, html: str) -> AsyncIterator[Screen]:
    _, app = bot()
    async with serve(app) as url, looking_at(url) as screen:
        await screen.embed(f"<!doctype html>{html}", {"app.js": app_js})
        await screen.find(".editor").wait_for()
        yield screen


async def told(screen: Screen) -> list[str]:
    found: list[str] = await screen.page.evaluate("window.told")
    return found


@pytest.mark.parametrize("html", [EARLY + APP, APP + EARLY], ids=["before React", "after React"])
async def test_it_mounts_whichever_script_comes_first_and_is_ready_once(
    app_js: str, html: str
) -> None:
    async with mounted(app_js, html) as screen:
        await screen.page.wait_for_function("window.told.includes('ready')")
        await screen.find("#send").click()
        await screen.sees("You said: Hello")
        await screen.answered()
        assert await told(screen) == ["ready", "start", "thread new", "end"]
        assert await screen.page.evaluate("document.querySelectorAll('openai-chatkit').length") == 1
        assert screen.faults == []
        assert screen.elsewhere == []


async def test_a_theme_changes_nothing_but_the_looks(app_js: str) -> None:
    async with mounted(app_js, EARLY + APP) as screen:
        await screen.find("#send").click()
        await screen.sees("You said: Hello")
        asked: list[str] = []
        screen.page.on("request", lambda request: asked.append(request.url))
        await screen.find("#dark").click()
        await screen.find(".app[data-scheme=dark]").wait_for()
        await screen.sees("You said: Hello")
        assert asked == []


async def test_class_and_style_are_the_page_s(app_js: str) -> None:
    async with mounted(app_js, EARLY + APP) as screen:
        box = await screen.find("openai-chatkit.mine").bounding_box()
        assert box is not None
        assert (box["width"], box["height"]) == (400, 500)
        shape = "getComputedStyle(document.querySelector('openai-chatkit')).display"
        assert await screen.page.evaluate(shape) == "block"


async def test_methods_work_from_a_click_and_tell_the_page(app_js: str) -> None:
    async with mounted(app_js, EARLY + APP) as screen:
        await screen.find("#tool").click()
        await screen.find(".editor").get_by_text("Dear").wait_for()
        await screen.find(".tool-chip.is-chosen").wait_for()
        assert "tool vet" in await told(screen)
        await screen.find("#history").click()
        await screen.find(".history").wait_for()


async def test_it_comes_back_after_it_was_taken_away(app_js: str) -> None:
    async with mounted(app_js, EARLY + APP) as screen:
        await screen.find("#hide").click()
        await screen.find("openai-chatkit").wait_for(state="detached")
        await screen.find("#hide").click()
        await screen.find(".editor").wait_for()
        await screen.find("#send").click()
        await screen.sees("You said: Hello")
        assert [each for each in await told(screen) if each.startswith("error")] == []
