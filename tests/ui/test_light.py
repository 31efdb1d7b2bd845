"""Small to load, smooth to read."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from typing import Any

from chatkit_host import __version__
from chatkit_host.types import StreamEvent, TextDelta, ThreadItemAddedEvent
from tests.ui.bots import Sayer
from tests.ui.browser import Screen, looking_at
from tests.ui.built import STATIC
from tests.ui.gallery import PROSE
from tests.ui.test_history import fill_thread
from tests.web.bots import app_of
from tests.web.live import serve

TOKENS = 300


def test_the_first_script_is_at_most_120_kb_zipped() -> None:
    script = (STATIC / f"chatkit-{__version__}.js").read_bytes()
    assert len(gzip.compress(script, 6)) <= 120_000


async def test_the_rest_comes_when_it_is_first_needed() -> None:
    server = Sayer({"Code": "```python\n1\n```"})
    async with serve(app_of(server)) as url, looking_at(url) as screen:
        asked: list[str] = []
        screen.page.on("request", lambda request: asked.append(request.url.split("/")[-1]))
        await screen.open()
        await screen.say("Hello")
        await screen.answered()
        scripts = [name for name in asked if name.endswith(".js")]
        assert sorted(name.split("-")[0] for name in scripts) == ["chatkit", "chatkit.js", "page"]
        await screen.say("Code")
        await screen.answered()
        await screen.find(".hljs-number").wait_for()
        assert any(name.startswith("highlight-") for name in asked)


class Typist(Sayer):
    """Answers 100 tokens a second, in rich Markdown."""

    async def stream(self, item: Any, text: str) -> AsyncIterator[StreamEvent]:
        yield ThreadItemAddedEvent(item=item)
        source = PROSE * 4
        for at in range(TOKENS):
            yield TextDelta(item.id, 0, source[at * 4 : at * 4 + 4])
            await asyncio.sleep(0.01)  # the pace is what this is about


# Frames are for a bench to count; what makes them late is work on what has not changed.
WATCH = """() => {
  const root = document.querySelector('openai-chatkit').shadowRoot;
  const before = new Set([...root.querySelectorAll('.entry')].slice(0, -1));
  window.touched = new Set();
  new MutationObserver((records) => {
    for (const { target } of records) {
      const entry = (target.nodeType === 1 ? target : target.parentElement)?.closest('.entry');
      if (entry && before.has(entry)) window.touched.add(entry);
    }
  }).observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
}"""
RENDERED = """() => {
  const root = document.querySelector('openai-chatkit').shadowRoot;
  const entries = [...root.querySelectorAll('.entry')];
  const shown = ({ firstElementChild }) =>
    firstElementChild.checkVisibility({ contentVisibilityAuto: true });
  return [entries.length, entries.filter(shown).length];
}"""


async def test_a_fast_answer_in_a_long_thread_touches_nothing_but_itself() -> None:
    server = Typist()
    async with serve(app_of(server)) as url, looking_at(url) as screen:
        await screen.open()
        await fill_thread(server, screen, 500)
        await screen.sees("Item 499")
        await load_all(screen, 500)
        await screen.find(".to-bottom").click()
        await screen.page.evaluate(WATCH)
        await screen.say("Go")
        await screen.sees("Repotting")
        await screen.answered()
        assert await screen.page.evaluate("window.touched.size") == 0


async def test_of_two_thousand_items_only_those_in_sight_are_rendered() -> None:
    server = Sayer()
    async with serve(app_of(server)) as url, looking_at(url) as screen:
        await screen.open()
        await fill_thread(server, screen, 2000)
        await screen.sees("Item 1999")
        await load_all(screen, 2000)
        entries, rendered = await screen.page.evaluate(RENDERED)
        assert entries >= 2000
        assert 0 < rendered < 200


async def test_nothing_that_is_read_moves_while_an_answer_grows() -> None:
    server = Typist()
    async with serve(app_of(server)) as url, looking_at(url) as screen:
        await screen.open()
        await screen.say("First")
        await screen.answered()
        await screen.say("Second")
        await screen.find(".entry.is-assistant_message").nth(1).get_by_text("wants").wait_for()
        await screen.page.wait_for_timeout(500)
        await screen.page.evaluate("""() => {
          const root = document.querySelector('openai-chatkit').shadowRoot;
          const read = root.querySelectorAll('.entry.is-assistant_message')[1].querySelector('p');
          window.places = [];
          const look = () => {
            window.places.push(read.getBoundingClientRect().top);
            requestAnimationFrame(look);
          };
          look();
        }""")
        await screen.answered()
        places = await screen.page.evaluate("window.places")
        assert len(places) > 20
        assert max(places) - min(places) < 1


async def load_all(screen: Screen, count: int) -> None:
    """Scroll up until everything is there."""
    scroller = screen.find(".scroller")
    async with asyncio.timeout(120):
        while await screen.find(".entry").count() < count:
            await scroller.evaluate("each => { each.scrollTop = 0; }")
            await asyncio.sleep(0.02)
