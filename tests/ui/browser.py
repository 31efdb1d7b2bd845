"""Chromium, cut off from all but the host, and what a person sees and does in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import (
    Browser,
    Locator,
    Page,
    Response,
    Route,
    async_playwright,
    expect,
)
from playwright.async_api import TimeoutError as TooLateError

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]

# A busy machine is slow; nothing here waits longer than it has to.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@asynccontextmanager
async def chromium(*flags: str) -> AsyncIterator[Browser]:
    """A browser; the test is skipped where there is none, unless all is wanted."""
    if not os.access(CHROMIUM, os.X_OK):
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail("There is no Chromium.")
        pytest.skip("There is no Chromium.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            await browser.close()


class Screen:
    """One page of the chat.

    Attributes:
        elsewhere: what it asked of anybody but the host; it got nothing.
        answers: what the host answered, for the story of a failure.
        faults: errors of scripts, and of the page's policy.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.elsewhere: list[str] = []
        self.faults: list[str] = []
        self.answers: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._heard)
        page.on("response", self._answered)

    def _answered(self, got: Response) -> None:
        self.answers.append(f"{got.status} {got.request.method} {got.url} {got.request.post_data}")

    def _heard(self, message: Any) -> None:
        if "Content Security Policy" in message.text or "TrustedHTML" in message.text:
            self.faults.append(message.text)

    async def cut_off(self, also: str) -> None:
        """Let nothing through but to the host, and to that other site."""
        let_through = {urlsplit(self.url).netloc, urlsplit(also).netloc} - {""}

        async def check(route: Route) -> None:
            asked = urlsplit(route.request.url)
            if asked.netloc in let_through or asked.scheme in ("data", "blob"):
                await route.continue_()
                return
            self.elsewhere.append(route.request.url)
            await route.abort()

        await self.page.context.route("**/*", check)

    async def open(self, path: str = "/") -> None:
        """Go to the chat, and wait until one can write."""
        await self.page.goto(self.url + path)
        await self.page.locator(".editor").wait_for()

    async def embed(self, html: str, files: dict[str, str] | None = None) -> None:
        """Go to a page of somebody's own, with the element on it, on the host's origin."""

        async def answer(route: Route) -> None:
            name = urlsplit(route.request.url).path.removeprefix("/own/")
            body = (files or {}).get(name, html)
            kind = "text/javascript" if name.endswith(".js") else "text/html"
            await route.fulfill(body=body, content_type=kind)

        await self.page.context.route("**/own/*", answer)
        await self.page.goto(f"{self.url}/own/page")

    async def say(self, text: str) -> None:
        """Write and send."""
        await self.page.locator(".editor").click()
        await self.page.keyboard.type(text)
        await self.find("button.send").click()

    async def reload(self) -> None:
        """Load the page anew, once the browser itself has the address that the page has set.

        A page's `replaceState` reaches the browser's process a moment later; a reload in that
        moment, quicker than any person, goes to the address before.
        """
        await self.page.wait_for_url(await self.page.evaluate("location.href"))
        await self.page.reload()

    def find(self, selector: str) -> Locator:
        """Something in the chat."""
        return self.page.locator(selector)

    async def sees(self, text: str) -> None:
        """Wait until that is there to read."""
        try:
            await self.find(".entries").get_by_text(text).first.wait_for()
        except TooLateError as error:
            seen = await self.find(".app").inner_text()
            story = "\n".join([f"{text!r} is not to be seen, but:", seen, *self.answers[-20:]])
            raise AssertionError(story) from error

    async def answered(self) -> None:
        """Wait until the answer has ended."""
        await self.find(".turn-actions").last.wait_for()
        await self.find(".send:not(.is-stop)").wait_for()


@asynccontextmanager
async def looking_at(
    url: str, also: str = "", flags: Sequence[str] = (), **context: Any
) -> AsyncIterator[Screen]:
    """A browser that looks at the host, and at nothing else but the site that is named `also`."""
    async with chromium(*flags) as browser:
        page = await (await browser.new_context(**context)).new_page()
        page.set_default_timeout(PATIENCE)
        screen = Screen(page, url)
        await screen.cut_off(also)
        yield screen
