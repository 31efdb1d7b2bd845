"""The element on a page of another origin: one script tag, a bearer token, CORS."""

from __future__ import annotations

from playwright.async_api import Route

from chatkit_host.config.auth import ApiKey
from chatkit_host.web.auth.api_keys import ApiKeysAuth
from tests.ui.bots import bot
from tests.ui.browser import looking_at
from tests.web.live import serve

SHOP = "http://shop.localhost"
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


async def test_a_page_of_an_allowed_origin_talks_with_a_token_and_resumes_nothing_less() -> None:
    auth = ApiKeysAuth([ApiKey.model_validate({"key": "right", "user": "ann"})])
    server, app = bot(
        {"Code": "```python\n1\n```"}, auth=auth, uses_keys=True, allowed_origins=(SHOP,)
    )
    async with serve(app) as url, looking_at(url) as screen:

        async def answer(route: Route) -> None:
            await route.fulfill(body=PAGE.replace("HOST", url), content_type="text/html")

        await screen.page.context.route(f"{SHOP}/*", answer)
        await screen.page.goto(f"{SHOP}/")
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
