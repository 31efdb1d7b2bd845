"""What models say can do nothing, in a real browser, under the page's own policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from playwright.async_api import expect

from chatkit_host.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    StreamEvent,
    ThreadItemDoneEvent,
)
from tests.ui.bots import bot
from tests.ui.browser import looking_at
from tests.ui.gallery import Items
from tests.web.live import serve

HOSTILE = {
    "script": "<script>window.pwned = 1</script>",
    "handler": "<img src=x onerror='window.pwned = 1'> <b onmouseover='window.pwned = 1'>hover</b>",
    "svg": "<svg><a xlink:href='javascript:window.pwned=1'><text y=20>x</text></a></svg>",
    "mutation": "<math><mtext><table><mglyph><style><img src=x onerror=window.pwned=1>",
    "style": "<style>* { display: none !important }</style><p style='position:fixed;inset:0'>x</p>",
    "frame": "<iframe src='https://evil.example'></iframe><object data='//evil.example'></object>",
    "image": "![x](https://evil.example/?data=1) <img src='https://evil.example/2'>",
    "refresh": "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "base": "<base href='https://evil.example/'>[x](y)",
    "form": "<form action='https://evil.example'><button>Send</button></form>",
    "link": "[x](javascript:window.pwned=1) [y](data:text/html,<script>x</script>)",
    "formula": "$\\href{javascript:window.pwned=1}{x}$ $\\includegraphics{https://evil.example/i}$",
    "code": "```html\n</code><script>window.pwned = 1</script>\n```",
    "clobber": "<a id=body name=body>x</a><input name=getRootNode>",
}


async def test_hostile_answers_do_nothing() -> None:
    _, app = bot(dict(HOSTILE))
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        for number, name in enumerate(HOSTILE, start=1):
            await screen.say(name)
            await screen.answered()
            await screen.find(".turn-actions").nth(number - 1).wait_for()
        for link in await screen.find(".md a").all():
            href = await link.get_attribute("href") or ""
            assert not href.lower().startswith(("javascript:", "data:"))
            assert not href or await link.get_attribute("target") == "_blank"
        tags = await screen.page.evaluate("""() => {
          const root = document.querySelector('openai-chatkit').shadowRoot;
          return [...root.querySelectorAll('.md *')].map((each) => each.localName);
        }""")
        assert not {"script", "style", "iframe", "object", "form", "meta", "base"} & set(tags)
        assert await screen.page.evaluate("window.pwned") is None
        assert screen.page.url.startswith(url)
        assert await screen.find(".composer").is_visible()
        assert screen.elsewhere == []
        # The sanitiser reads into a document that is not live; the policy reports what it finds.
        inert = ("inline event handler", "inline style", "base URI")
        assert [each for each in screen.faults if not any(word in each for word in inert)] == []


ENDLESS = {
    "formula": "$$" + " " * 3000 + "x",
    "fractions": "$$" + r"\frac{1}{" * 200 + "2" + "}" * 200 + "$$",
    "roots": "$" + r"\sqrt{" * 400 + "2" + "}" * 400 + "$",
    "quotes": ">" * 6000 + " x",
    "lists": "* " * 3000 + "x",
    "stars": "**a " * 4000,
    "word": "a." * 16000 + "@",
    "code": "```ini\n" + "a." * 19000 + "\n```",
}


async def test_answers_that_would_take_forever_are_shown_as_they_are() -> None:
    _, app = bot({name: shown_at_once(text) for name, text in ENDLESS.items()})
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        for number, name in enumerate(ENDLESS, start=1):
            await screen.say(name)
            await expect(screen.find(".turn-actions")).to_have_count(number)
            await expect(screen.find(".entry.is-assistant_message")).to_have_count(number)
        await screen.say("Still there?")
        await screen.sees("You said: Still there?")
        assert screen.faults == []


def shown_at_once(text: str) -> Callable[[str], Iterator[StreamEvent]]:
    """A turn that says the whole text in one piece."""

    def turn(thread_id: str) -> Iterator[StreamEvent]:
        base = {**Items(thread_id).base(), "id": f"itm_{thread_id}_{len(text)}"}
        content = [AssistantMessageContent(text=text)]
        yield ThreadItemDoneEvent(item=AssistantMessageItem(**base, content=content))

    return turn


async def test_the_policy_stops_what_would_get_through() -> None:
    _, app = bot()
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        tried = await screen.page.evaluate("""async () => {
          const broken = [];
          addEventListener('securitypolicyviolation', (event) =>
            broken.push(event.effectiveDirective));
          const script = document.createElement('script');
          try { script.textContent = 'window.pwned = 1'; document.body.append(script); } catch {}
          try { document.body.innerHTML += '<b>x</b>'; } catch { broken.push('sink'); }
          const image = new Image();
          image.src = 'https://evil.example/x.png';
          document.body.append(image);
          await new Promise((resolve) => setTimeout(resolve, 200));
          return [broken, window.pwned ?? null];
        }""")
        broken, pwned = tried
        assert pwned is None
        assert "sink" in broken
        assert "img-src" in broken


async def test_a_deep_link_is_told_to_the_page_and_leads_nowhere() -> None:
    _, app = bot({"Go": "See [order 7](chatkit-link://order?id=7)."})
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.page.evaluate("""() => {
          const chat = document.querySelector('openai-chatkit');
          chat.addEventListener('chatkit.deeplink', ({ detail }) => { window.deep = detail; });
        }""")
        await screen.say("Go")
        await screen.answered()
        await screen.find(".md a").click()
        assert await screen.page.evaluate("window.deep") == {"name": "order", "data": {"id": "7"}}
        assert len(screen.page.context.pages) == 1
