"""The element on a page of somebody's own: what ui.md calls the rules of mounting."""

from __future__ import annotations

from typing import Any

from chatkit_host import __version__
from chatkit_host.types import ClientEffectEvent
from tests.ui.bots import bot
from tests.ui.browser import looking_at
from tests.web.live import serve

API = "{ url: '/chatkit', domainKey: 'domain_pk_of_no_use' }"


async def run(script: str, element: str = "<openai-chatkit></openai-chatkit>") -> Any:
    """What the page's script comes to, with the element loaded before or after it."""
    _, app = bot({"Splash": lambda _: [ClientEffectEvent(name="splash", data={"n": 1})]})
    async with serve(app) as url, looking_at(url) as screen:
        heard: list[str] = []
        screen.page.on("console", lambda message: heard.append(message.text))
        await screen.embed(
            f"<!doctype html>{element}<script type='module'>{PRELUDE}{script}</script>"
        )
        await screen.page.wait_for_function("window.result")
        assert screen.elsewhere == []
        return [await screen.page.evaluate("window.result"), heard]


PRELUDE = """
const load = (name = '/chatkit.js') => import(name);
const until = (chat, name) => new Promise((resolve) => {
  chat.addEventListener(`chatkit.${name}`, (event) => resolve(event.detail), { once: true });
});
const soon = () => new Promise((resolve) => setTimeout(resolve, 50));
const text = (chat, selector) => chat.shadowRoot.querySelector(selector)?.textContent.trim();
"""


async def test_an_element_that_is_mounted_already_is_upgraded() -> None:
    result, _ = await run(f"""
      const chat = document.querySelector('openai-chatkit');
      await load();
      chat.setOptions({{ api: {API}, startScreen: {{ greeting: 'Hi there' }} }});
      await until(chat, 'ready');
      window.result = text(chat, '.greeting');
    """)
    assert result == "Hi there"


async def test_options_may_come_before_the_element_and_calls_before_it_is_ready() -> None:
    result, _ = await run(
        f"""
      await load();
      const chat = document.createElement('openai-chatkit');
      const bare = chat.attributes.length + chat.childNodes.length;
      chat.setOptions({{ api: {API} }});
      const order = [];
      chat.addEventListener('chatkit.ready', () => order.push('ready'));
      const ended = until(chat, 'response.end');
      const sent = chat.sendUserMessage({{ text: 'Early' }}).then(() => order.push('sent'));
      document.body.append(chat);
      order.push('appended');
      await Promise.all([sent, ended]);
      await soon();
      window.result = [bare, order, text(chat, '.bubble'), text(chat, '.md')];
    """,
        element="",
    )
    assert result == [0, ["appended", "ready", "sent"], "Early", "You said: Early"]


async def test_loaded_twice_and_under_both_names_it_is_defined_once() -> None:
    result, heard = await run(f"""
      await load();
      const first = customElements.get('openai-chatkit');
      await load('/chatkit-{__version__}.js');
      await load('/chatkit-{__version__}.js?again');
      window.result = [first === customElements.get('openai-chatkit')];
    """)
    assert result == [True]
    assert heard == []


async def test_each_set_of_options_is_the_whole_and_unknown_ones_are_warned_of() -> None:
    result, heard = await run(f"""
      const chat = document.querySelector('openai-chatkit');
      await load();
      chat.setOptions({{ api: {API}, header: {{ title: {{ text: 'Mine' }} }}, colour: 1 }});
      await until(chat, 'ready');
      const before = text(chat, '.title');
      chat.setOptions({{ api: {API}, composer: {{ placeholdr: 'x' }} }});
      await soon();
      window.result = [before, text(chat, '.title')];
    """)
    assert result == ["Mine", ""]
    assert heard == [
        "<openai-chatkit>: there is no option colour.",
        "<openai-chatkit>: there is no option composer.placeholdr.",
    ]


async def test_options_that_cannot_work_are_an_error_event_and_no_exception() -> None:
    result, _ = await run(f"""
      const chat = document.querySelector('openai-chatkit');
      await load();
      const errors = [];
      chat.addEventListener('chatkit.error', ({{ detail }}) => errors.push(detail.error.message));
      chat.setOptions({{ api: {{ getClientSecret: async () => 'x' }} }});
      chat.setOptions({{ api: {API} }});
      await until(chat, 'ready');
      await soon();
      window.result = errors;
    """)
    assert len(result) == 1
    assert "hosted service" in result[0]


async def test_every_method_does_what_it_says() -> None:
    result, _ = await run(f"""
      const chat = document.querySelector('openai-chatkit');
      await load();
      const told = [];
      const names = ['effect', 'history.open', 'history.close', 'thread.change', 'thread.load.end'];
      for (const name of names) {{
        chat.addEventListener(`chatkit.${{name}}`, ({{ detail }}) => told.push([name, detail]));
      }}
      chat.setOptions({{ api: {API} }});
      await chat.setComposerValue({{ content: [
        {{ type: 'input_text', text: 'Ask ' }}, {{ type: 'input_tag', id: 't', text: 'Mia' }},
      ], reply: 'You said' }});
      const value = await chat.getComposerValue();
      await chat.focusComposer();
      const focused = chat.shadowRoot.activeElement.className;
      const ended = until(chat, 'response.end');
      await chat.sendUserMessage({{ text: 'Splash', toolChoice: {{ id: 'x' }}, model: 'y' }});
      await ended;
      const thread = told.find(([name]) => name === 'thread.change')[1].threadId;
      await chat.showHistory();
      await chat.hideHistory();
      await chat.setThreadId(null);
      await chat.setThreadId(thread);
      await chat.fetchUpdates();
      await soon();
      window.result = [value, focused, told, thread, text(chat, '.bubble')];
    """)
    value, focused, told, thread, bubble = result
    assert value["text"] == "Ask Mia"
    assert value["reply"] == "You said"
    assert [part["type"] for part in value["content"]] == ["input_text", "input_tag"]
    assert focused == "editor"
    assert bubble == "Splash"
    assert told == [
        ["thread.change", {"threadId": thread}],
        ["effect", {"name": "splash", "data": {"n": 1}}],
        ["history.open", None],
        ["history.close", None],
        ["thread.change", {"threadId": None}],
        ["thread.change", {"threadId": thread}],
        ["thread.load.end", {"threadId": thread}],
    ]


async def test_properties_and_parts_reach_what_people_want_to_style() -> None:
    style = """<style>
      openai-chatkit { --chatkit-background: rgb(1, 2, 3); display: block; height: 300px; }
      openai-chatkit::part(composer) { border-color: rgb(4, 5, 6); }
    </style><openai-chatkit></openai-chatkit>"""
    result, _ = await run(
        f"""
      const chat = document.querySelector('openai-chatkit');
      await load();
      chat.setOptions({{ api: {API}, theme: {{ colorScheme: 'dark' }} }});
      await until(chat, 'ready');
      const of = (part) => getComputedStyle(chat.shadowRoot.querySelector(`[part=${{part}}]`));
      window.result = [of('app').backgroundColor, of('composer').borderTopColor, chat.offsetHeight];
    """,
        element=style,
    )
    assert result == ["rgb(1, 2, 3)", "rgb(4, 5, 6)", 300]


async def test_the_log_tells_of_operations_and_of_no_contents() -> None:
    result, _ = await run(f"""
      await load();
      const chat = document.querySelector('openai-chatkit');
      const log = [];
      chat.addEventListener('chatkit.log', ({{ detail }}) => log.push(detail));
      chat.setOptions({{ api: {API} }});
      const ended = until(chat, 'response.end');
      await chat.sendUserMessage({{ text: 'Secret' }});
      await ended;
      const told = log.map(({{ name, data }}) => [name, data.operation, data.status ?? null]);
      window.result = [told, JSON.stringify(log).includes('Secret')];
    """)
    assert result == [
        [["request", "threads.create", 200], ["stream.end", "threads.create", None]],
        False,
    ]
