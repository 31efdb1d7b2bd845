"""The element on a page of another origin: one script tag, a bearer token, CORS."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from chatkit_host.config.auth import ApiKey
from chatkit_host.web.auth.api_keys import ApiKeysAuth
from tests.ui.bots import bot
from tests.ui.browser import looking_at
from tests.web.live import serve

PAGE = """
<!doctype html><meta charset="utf-8"><script type="module" src="HOST/chatkit.js"></script>
<openai-chatkit style="height: 90vh"></openai-chatkit>
<script type="module">
  await customElements.whenDefined('openai-chatkit');
  document.querySelector('openai-chatkit').setOptions({
    api: {
      url: 'HOST/chatkit',
      domainKey: '',
      fetch: (url, init) =>
        fetch(url, { ...init, headers: { ...init.headers, Authorization: 'Bearer right' } }),
    },
  });
</script>
"""


@asynccontextmanager
async def shop() -> AsyncIterator[tuple[str, dict[str, str]]]:
    """A site of its own, and the page that it shows: Chromium wants it on this machine too."""
    shown = {"page": "", "asked": ""}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        shown["asked"] += asked.split(b" ")[1].decode() + "\n"
        head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n"
        writer.write((head + shown["page"]).encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", shown


async def test_a_page_of_an_allowed_origin_talks_with_a_token_and_stops() -> None:
    auth = ApiKeysAuth([ApiKey.model_validate({"key": "right", "user": "ann"})])
    async with shop() as (origin, shown):
        server, app = bot(
            {"Code": "```python\n1\n```"}, auth=auth, uses_keys=True, allowed_origins=(origin,)
        )
        async with serve(app) as url, looking_at(url, also=origin) as screen:
            shown["page"] = PAGE.replace("HOST", url)
            await screen.page.goto(origin)
            await screen.say("Code")
            await screen.find(".hljs-number").wait_for()
            await screen.answered()
            server.gate.clear()
            await screen.say("Wait")
            await screen.sees("You")
            await screen.find(".send.is-stop").click()
            await screen.find(".send:not(.is-stop)").wait_for()
            assert screen.elsewhere == []
            assert await screen.find(".notice").count() == 0
            assert await screen.page.context.cookies() == []


async def test_images_are_asked_of_the_host_and_never_of_the_page_around_it() -> None:
    auth = ApiKeysAuth([ApiKey.model_validate({"key": "right", "user": "ann"})])
    images = "![a](/logout?x=1) ![b](http:evil.example/leak?x=2) ![c](https:evil.example/?x=3)"
    async with shop() as (origin, shown):
        _, app = bot({"Go": images}, auth=auth, uses_keys=True, allowed_origins=(origin,))
        async with serve(app) as url, looking_at(url, also=origin) as screen:
            shown["page"] = PAGE.replace("HOST", url)
            await screen.page.goto(origin)
            await screen.say("Go")
            await screen.answered()
            sources = await screen.find(".md img").evaluate_all(
                "all => all.map((each) => { each.loading = 'eager'; return each.src; })"
            )
            await screen.page.wait_for_load_state("networkidle")
            assert sources == [f"{url}/logout?x=1", f"{url}/evil.example/leak?x=2"]
            assert set(shown["asked"].split()) <= {"/", "/favicon.ico"}
            assert screen.elsewhere == []
