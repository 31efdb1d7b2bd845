"""Leaving is not stopping: reloads, second tabs, dropped connections; and what does stop."""

from __future__ import annotations

import asyncio

from playwright.async_api import expect

from tests.ui.bots import bot
from tests.ui.browser import Screen, looking_at
from tests.ui.cable import cable_to
from tests.ui.gallery import client_call
from tests.web.live import serve

STORY = {"Tell me a story": "Once upon a time"}


async def test_a_reload_in_the_middle_of_an_answer_goes_on_with_it() -> None:
    server, app = bot(STORY)
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        server.gate.clear()
        await screen.say("Tell me a story")
        await screen.sees("Once")
        await screen.reload()
        await screen.sees("Once")
        await screen.find(".send.is-stop").wait_for()
        server.gate.set()
        await screen.sees("Once upon a time")
        await screen.answered()
        assert await screen.find(".entry.is-assistant_message").count() == 1
        assert await screen.find(".entry.is-user_message").count() == 1


async def test_a_second_tab_sees_the_answer_grow() -> None:
    server, app = bot(STORY)
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        server.gate.clear()
        await screen.say("Tell me a story")
        await screen.sees("Once")
        second = Screen(await screen.page.context.new_page(), url)
        await second.page.goto(screen.page.url)
        await second.sees("Once")
        server.gate.set()
        await second.sees("Once upon a time")
        await screen.sees("Once upon a time")
        assert await second.find(".entry.is-assistant_message").count() == 1


async def test_a_connection_that_drops_is_taken_up_and_nothing_is_lost_or_doubled() -> None:
    server, app = bot(STORY)
    async with (
        serve(app) as url,
        cable_to(url) as cable,
        looking_at(cable.url) as screen,
    ):
        await screen.open()
        server.gate.clear()
        await screen.say("Tell me a story")
        await screen.sees("Once")
        cable.is_out = True
        cable.cut()
        await screen.find(".progress").get_by_text("The connection was lost").wait_for()
        server.gate.set()
        await asyncio.sleep(0)
        cable.is_out = False
        await screen.sees("Once upon a time")
        await screen.answered()
        assert (
            await screen.find(".entry.is-assistant_message .md").inner_text() == "Once upon a time"
        )
        assert await screen.find(".notice").count() == 0


async def test_stop_stops_on_both_sides_and_keeps_what_was_written() -> None:
    server, app = bot(STORY)
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        server.gate.clear()
        await screen.say("Tell me a story")
        await screen.sees("Once")
        await screen.find(".send.is-stop").click()
        await screen.find(".send:not(.is-stop)").wait_for()
        async with asyncio.timeout(30):
            while server.busy:  # noqa: ASYNC110  (nothing tells a reader who has left)
                await asyncio.sleep(0.01)
        await screen.reload()
        await screen.sees("Once")
        await expect(screen.find(".entry.is-assistant_message .md")).to_have_text("Once")
        await screen.say("Go on")
        await screen.sees("You said: Go on")


async def test_another_thread_may_be_opened_while_one_answers() -> None:
    server, app = bot(STORY)
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        server.gate.clear()
        await screen.say("Tell me a story")
        await screen.sees("Once")
        await screen.find(".new-chat").click()
        await screen.find(".greeting").wait_for()
        server.gate.set()
        await screen.find(".open-history").click()
        await screen.find(".history-open").first.click()
        await screen.sees("Once upon a time")


PAGE = """
<!doctype html><script type="module" src="/chatkit.js"></script>
<openai-chatkit style="height: 90vh"></openai-chatkit>
<script type="module">
  await customElements.whenDefined('openai-chatkit');
  const chat = document.querySelector('openai-chatkit');
  chat.addEventListener('chatkit.thread.change', (event) => {
    sessionStorage.thread = event.detail.threadId;
  });
  chat.setOptions({
    api: { url: '/chatkit', domainKey: '' },
    initialThread: sessionStorage.thread ?? null,
    onClientTool: ({ name, params }) => sessionStorage.reloaded
      ? { saw: name, at: params.at }
      : new Promise(() => { window.called = true; }),
  });
</script>
"""


async def test_a_reload_during_a_client_tool_does_not_poison_the_thread() -> None:
    _server, app = bot({"Look": client_call})
    async with serve(app) as url, looking_at(url) as screen:
        await screen.embed(PAGE)
        await screen.say("Look")
        await screen.page.wait_for_function("window.called")
        await screen.page.evaluate("sessionStorage.reloaded = '1'")
        await screen.reload()
        await screen.sees("You said: ")
        await screen.answered()
        await screen.say("And now?")
        await screen.sees("You said: And now?")
        assert await screen.find(".notice").count() == 0
