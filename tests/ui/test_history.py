"""The list of one's threads, and long threads."""

from __future__ import annotations

import json
from typing import Any

import httpx
from playwright.async_api import expect

from tests.server.servers import create
from tests.ui.bots import bot
from tests.ui.browser import Screen, looking_at
from tests.web.live import serve

JSON = {"content-type": "application/json"}


async def share_cookie(screen: Screen, browser: httpx.AsyncClient) -> None:
    """Lets the test talk to the host as the same visitor."""
    for cookie in await screen.page.context.cookies():
        browser.cookies.set(cookie.get("name", ""), cookie.get("value", ""))


async def begin_threads(screen: Screen, texts: list[str]) -> list[str]:
    ids = []
    async with httpx.AsyncClient(base_url=screen.url) as browser:
        await share_cookie(screen, browser)
        for text in texts:
            answer = await browser.post("/chatkit", content=create(text), headers=JSON)
            first = json.loads(answer.text.split("\n")[0].removeprefix("data: "))
            ids.append(first["thread"]["id"])
            rename = {"type": "threads.update", "params": {"thread_id": ids[-1], "title": text}}
            await browser.post("/chatkit", json=rename)
    return ids


async def test_threads_are_listed_searched_opened_renamed_and_deleted() -> None:
    _, app = bot()
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await begin_threads(screen, ["Ferns", "Cacti", "Orchids"])
        await screen.find(".open-history").click()
        rows = screen.find(".history-open")
        await expect(rows).to_have_text(["Orchids", "Cacti", "Ferns"])
        await screen.find(".history-search input").fill("fer")
        await expect(rows).to_have_text(["Ferns"])
        await rows.first.click()
        await screen.sees("You said: Ferns")
        await screen.find(".open-history").click()
        row = screen.find(".history-row").nth(1)
        await row.hover()
        await row.locator(".history-rename").click()
        await screen.find(".history-rename input").fill("Spiny ones")
        await screen.page.keyboard.press("Enter")
        await expect(rows).to_have_text(["Orchids", "Spiny ones", "Ferns"])
        await screen.find(".history-row").nth(2).hover()
        await screen.find(".history-row").nth(2).locator(".history-delete").click()
        await screen.find(".history-delete .is-danger").click()
        await expect(rows).to_have_text(["Orchids", "Spiny ones"])
        await screen.page.keyboard.press("Escape")
        await screen.find(".greeting").wait_for()
        await screen.reload()
        await screen.find(".open-history").click()
        await expect(rows).to_have_text(["Orchids", "Spiny ones"])


async def fill_thread(server: Any, screen: Screen, count: int) -> None:
    """A thread with so many items, put into the store at once."""
    [thread_id] = await begin_threads(screen, ["Long"])
    store = server.store
    context = next(iter(server.contexts.values()))
    thread = await store.load_thread(thread_id, context)
    for number in range(count):
        item = server.item(thread, context, f"Item **{number}** of a long thread, in a few words.")
        await store.add_thread_item(thread_id, item, context)
    await screen.page.goto(f"{screen.url}/#thread={thread_id}")
    await screen.reload()


TOPMOST = """each => {
  const top = each.getBoundingClientRect().top;
  const entries = [...each.querySelectorAll('.entry')];
  return entries.find((one) => one.getBoundingClientRect().top >= top).dataset.id;
}"""


async def test_a_long_thread_opens_at_its_end_and_loads_as_one_scrolls_without_jumping() -> None:
    server, app = bot()
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await fill_thread(server, screen, 300)
        await screen.sees("Item 299")
        assert await screen.find(".entry").count() < 100
        scroller = screen.find(".scroller")
        await scroller.evaluate("each => { each.scrollTop = 500; }")
        first = await scroller.evaluate(TOPMOST)
        place = f"each => each.querySelector('[data-id={first}]').getBoundingClientRect().top"
        before = await scroller.evaluate(place)
        await screen.find(".entry").nth(59).wait_for(state="attached")
        await screen.page.wait_for_timeout(200)
        assert abs(await scroller.evaluate(place) - before) < 3


async def test_a_thread_opens_where_it_was_left() -> None:
    server, app = bot()
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await begin_threads(screen, ["Short"])
        await fill_thread(server, screen, 200)
        await screen.sees("Item 199")
        scroller = screen.find(".scroller")
        await scroller.evaluate("each => { each.scrollTop = 300; }")
        await screen.find(".entry").nth(59).wait_for(state="attached")
        await scroller.evaluate("each => { each.scrollTop = 900; }")
        await screen.page.wait_for_timeout(100)  # the browser tells of scrolling a frame later
        first = await scroller.evaluate(TOPMOST)
        await open_thread(screen, "Short")
        await screen.sees("You said: Short")
        await open_thread(screen, "Long")
        await screen.find(".entry").nth(59).wait_for(state="attached")
        await screen.page.wait_for_timeout(100)
        assert await scroller.evaluate(TOPMOST) == first


async def open_thread(screen: Screen, title: str) -> None:
    await screen.find(".open-history").click()
    await screen.find(".history-open").filter(has_text=title).click()


async def test_a_title_that_comes_after_the_answer_is_shown_when_it_is_there() -> None:
    server, app = bot()
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.page.clock.install()
        await screen.say("Hello")
        await screen.answered()
        await screen.page.clock.run_for(2_500)
        await server.retitle("Late, but there")
        await screen.page.clock.run_for(5_000)
        await expect(screen.find(".title")).to_have_text("Late, but there")


async def test_a_locked_thread_locks_the_composer_with_its_reason() -> None:
    server, app = bot()
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.say("Hello")
        await screen.answered()
        await server.lock("The shop is closed.")
        await screen.reload()
        await screen.sees("You said: Hello")
        editor = screen.find(".editor")
        await expect(editor).to_have_attribute("data-placeholder", "The shop is closed.")
        await expect(editor).to_have_attribute("contenteditable", "false")
