"""Widgets on the screen: every component, what is done with them, and hostile ones."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

from litestar import Litestar
from playwright.async_api import expect

from chatkit_host.compiler import compile_app
from chatkit_host.config import load
from chatkit_host.gallery.samples import SAMPLES
from chatkit_host.gallery.samples.roots import PLANT_FORM, PLANT_LIST
from chatkit_host.gallery.samples.trees import card, text
from chatkit_host.types import (
    StreamEvent,
    SyncCustomActionResponse,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    WidgetItem,
    WidgetRootUpdated,
    WidgetStreamingTextValueDelta,
)
from chatkit_host.web import create_app, web_settings
from chatkit_host.widgets import DynamicWidgetRoot
from tests.compiler.bots import BASE, make_bot
from tests.ui.bots import Sayer
from tests.ui.browser import Screen, looking_at
from tests.ui.gallery import Items
from tests.web.bots import KEY, app_of, settings
from tests.web.live import serve

ROOT = Path(__file__).parents[2]
Tree = dict[str, Any]
NUMBERS = itertools.count()


def shown(tree: Tree) -> Callable[[str], Iterator[StreamEvent]]:
    """A turn that shows the widget."""

    def turn(thread_id: str) -> Iterator[StreamEvent]:
        root = DynamicWidgetRoot.model_validate(tree)
        base = {**Items(thread_id).base(), "id": f"itm_{thread_id}_{next(NUMBERS)}"}
        yield ThreadItemDoneEvent(item=WidgetItem(**base, widget=root))

    return turn


class Clerk(Sayer):
    """Shows widgets, and writes down the actions that come of them."""

    def __init__(self, script: dict[str, Any]) -> None:
        super().__init__({name: shown(tree) for name, tree in script.items()})
        self.heard: list[tuple[str, Any]] = []

    async def action(
        self, thread: Any, action: Any, sender: Any, context: Any
    ) -> AsyncIterator[Any]:
        self.heard.append((action.type, action.payload))
        await self.gate.wait()
        async for event in self.stream(self.item(thread, context), f"Done: {action.type}"):
            yield event

    async def sync_action(
        self, thread: Any, action: Any, sender: Any, context: Any
    ) -> SyncCustomActionResponse:
        self.heard.append((action.type, action.payload))
        return SyncCustomActionResponse()


async def met(screen: Screen, name: str) -> None:
    """Ask for the widget of that name, and wait for it."""
    await screen.say(name)
    await screen.find("ock-widget .w-widget").last.wait_for()
    await screen.find(".send:not(.is-stop)").wait_for()


ALL_IN_VIEW = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('.entry { content-visibility: visible !important }');
  document.querySelector('openai-chatkit').shadowRoot.adoptedStyleSheets.push(sheet);
}"""
"""What is out of view is not drawn, and axe looks at what is drawn."""


def example(name: str, folder: Path) -> Litestar:
    """One of the examples as a host."""
    source = (ROOT / "examples" / name / "chatkit.yaml").read_text(encoding="utf-8")
    (folder / "chatkit.yaml").write_text(source, encoding="utf-8")
    loaded = load(folder / "chatkit.yaml")
    return create_app(compile_app(loaded), web_settings(loaded.config, KEY))


async def test_the_page_s_own_policy_lets_every_component_be() -> None:
    trees = {name: samples[0].tree for name, samples in SAMPLES.items()}
    async with serve(app_of(Clerk(trees))) as url, looking_at(url) as screen:
        await screen.open()
        for number, name in enumerate(trees):
            await screen.say(name)
            await screen.find("ock-widget .w-widget").nth(number).wait_for()
        await screen.find(".w-line").first.wait_for(state="attached")
        assert screen.faults == []
        assert screen.elsewhere == []


async def test_arrows_go_through_the_rows_of_a_list_and_enter_chooses_one() -> None:
    server = Clerk({"list": PLANT_LIST})
    async with serve(app_of(server)) as url, looking_at(url) as screen:
        await screen.open()
        await met(screen, "list")
        await screen.find(".w-item .w-hit").nth(0).focus()
        for key in ("ArrowDown", "ArrowDown", "ArrowUp", "Enter"):
            await screen.page.keyboard.press(key)
        await screen.sees("Done: shelf.choose")
        assert server.heard == [("shelf.choose", {"id": "Golden barrel"})]


async def test_a_text_is_struck_through() -> None:
    async with (
        serve(app_of(Clerk({"struck": card(text("gone", lineThrough=True))}))) as url,
        looking_at(url) as screen,
    ):
        await screen.open()
        await met(screen, "struck")
        line = "e => getComputedStyle(e).textDecorationLine"
        assert await screen.find(".w-text").evaluate(line) == "line-through"


async def test_a_refund_is_approved_on_its_card(tmp_path: Path) -> None:
    async with serve(example("approval", tmp_path)) as url, looking_at(url) as screen:
        await screen.open()
        await screen.say("refund 200 for A1")
        buttons = screen.find("ock-widget .w-button")
        await buttons.filter(has_text="Approve").click()
        await screen.sees("Paid 200 € back for A1")
        await expect(buttons).to_have_count(0)
        await screen.reload()
        await screen.sees("Paid 200 € back for A1")
        await expect(buttons).to_have_count(0)


async def test_a_form_is_filled_checked_and_sent() -> None:
    server = Clerk({"form": PLANT_FORM})
    async with serve(app_of(server)) as url, looking_at(url, locale="en-GB") as screen:
        await screen.open()
        await met(screen, "form")
        await screen.find(".w-button.is-solid").click()
        name = screen.find('input[name="plant.name"]')
        assert await name.evaluate("each => each.validity.valueMissing && each.matches(':focus')")
        assert server.heard == []
        await screen.page.keyboard.type("Maidenhair")
        await screen.find(".w-editable").fill("A second fern")
        await screen.find('input[name="plant.pots"]').fill("3")
        place = screen.find("ock-select .w-trigger")
        await place.focus()
        await screen.page.keyboard.press("ArrowDown")
        await screen.find(".w-option").first.wait_for()
        await screen.page.keyboard.press("ArrowDown")
        await screen.page.keyboard.press("ArrowDown")
        await screen.page.keyboard.press("Enter")
        await expect(place).to_contain_text("Full sun")
        await screen.find("ock-date .w-trigger").click()
        await screen.find('[data-day="2026-11-24"]').press("ArrowRight")
        await screen.page.keyboard.press("ArrowDown")
        await screen.page.keyboard.press("Enter")
        await expect(screen.find("ock-date .w-trigger")).to_contain_text("2 Dec 2026")
        await screen.find(".w-check").filter(has_text="Daily").click()
        await screen.find(".w-check").filter(has_text="It is a gift").click()
        server.gate.clear()
        await screen.find(".w-button.is-solid").click()
        await screen.find("ock-widget[aria-busy=true]").wait_for()
        server.gate.set()
        await screen.sees("Done: plant.add")
        await expect(screen.find("ock-widget[aria-busy=true]")).to_have_count(0)
        assert server.heard == [
            (
                "plant.add",
                {
                    "shop": 7,
                    "title": "A second fern",
                    "plant": {"name": "Maidenhair", "pots": 3},
                    "planted": "2026-12-02",
                    "place": "full sun",
                    "notes": "",
                    "water": "daily",
                    "gift": False,
                },
            )
        ]
        await screen.find(".w-button.is-outline").filter(has_text="Not now").click()
        await screen.sees("Done: plant.forget")
        assert server.heard[1] == ("plant.forget", None)


LONG = {
    "type": "Select",
    "name": "plant",
    "options": [{"value": str(number), "label": f"Plant {number}"} for number in range(40)],
    "onChangeAction": {"type": "chosen"},
    "clearable": True,
}


async def test_a_long_list_of_options_is_searched_and_a_choice_is_cleared() -> None:
    server = Clerk({"long": card(LONG)})
    async with serve(app_of(server)) as url, looking_at(url) as screen:
        await screen.open()
        await met(screen, "long")
        await screen.find(".w-trigger").click()
        await expect(screen.find(".w-search")).to_be_focused()
        await screen.page.keyboard.type("27")
        await expect(screen.find(".w-option")).to_have_count(1)
        await screen.page.keyboard.press("Enter")
        await screen.sees("Done: chosen")
        await expect(screen.find(".w-trigger")).to_contain_text("Plant 27")
        await screen.find(".w-clear").click()
        await expect(screen.find(".w-trigger")).not_to_contain_text("Plant 27")
        await expect(screen.find(".entry.is-assistant_message")).to_have_count(2)
        assert server.heard == [("chosen", {"plant": "27"}), ("chosen", {"plant": None})]
        await screen.find(".w-trigger").click()
        await screen.find(".w-option").first.wait_for()
        await screen.page.keyboard.press("Escape")
        await expect(screen.find(".w-option")).to_have_count(0)
        await expect(screen.find(".w-trigger")).to_be_focused()


REFUSES = """
agents: { helper: { instructions: Be kind., tools: [go] } }
tools:
  go:
    description: Go.
    steps: [{ widget: { name: order, data: { pots: "many" } } }, { return: Here. }]
widgets:
  order:
    data: { pots: string }
    template:
      type: Card
      children:
        - type: Checkbox
          name: gift
          label: Gift
          onChangeAction: { type: wrap, payload: { pots: "{{ pots }}" } }
        - type: Button
          label: Order
          onClickAction: { type: order, payload: { pots: "{{ pots }}" } }
actions:
  order: { payload: { pots: integer }, steps: [message: Ordered.] }
  wrap: { sync: true, payload: { pots: integer }, steps: [message: Wrapped.] }
"""


async def test_a_refusal_is_told_and_the_widget_comes_back_to_life(tmp_path: Path) -> None:
    app = create_app(make_bot(tmp_path, BASE, REFUSES), settings())
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await met(screen, "go")
        button = screen.find(".w-button")
        await button.click()
        await screen.find(".notice.is-danger").wait_for()
        await expect(button).not_to_have_attribute("aria-busy", "true")
        await expect(button).to_be_enabled()
        box = screen.find(".w-check input")
        await box.click()
        await expect(box).not_to_be_checked()


CLIENT = card(
    {
        "type": "Button",
        "label": "Go",
        "onClickAction": {"type": "go", "payload": {"n": 1}, "handler": "client"},
    }
)


async def test_the_page_handles_an_action_and_sends_it_on() -> None:
    server = Clerk({"client": CLIENT})
    async with serve(app_of(server)) as url, looking_at(url) as screen:
        await screen.embed("""<!doctype html><openai-chatkit style="height: 600px"></openai-chatkit>
          <script type="module">
            import '/chatkit.js';
            const chat = document.querySelector('openai-chatkit');
            const onAction = async (action, item) => {
              window.seen = [action, item.widget.type];
              await chat.sendCustomAction({ ...action, type: 'gone on' }, item.id);
            };
            chat.setOptions({ api: { url: '/chatkit', domainKey: '' }, widgets: { onAction } });
          </script>""")
        await screen.find(".editor").wait_for()
        await met(screen, "client")
        await screen.find(".w-button").click()
        await screen.sees("Done: gone on")
        assert server.heard == [("gone on", {"n": 1})]
        seen = await screen.page.evaluate("window.seen")
        assert seen == [{"type": "go", "payload": {"n": 1}}, "Card"]


TOGGLE = card(
    {
        "type": "Checkbox",
        "name": "done",
        "label": "Done",
        "onChangeAction": {"type": "toggle", "streaming": False},
    }
)


async def test_a_widget_works_while_an_answer_streams() -> None:
    server = Clerk({"toggle": TOGGLE})
    async with serve(app_of(server)) as url, looking_at(url) as screen:
        await screen.open()
        await met(screen, "toggle")
        server.gate.clear()
        await screen.say("Tell me a story")
        await screen.find(".send.is-stop").wait_for()
        await screen.find(".w-check").click()
        async with asyncio.timeout(30):
            while not server.heard:  # noqa: ASYNC110 - the server has no event for it
                await asyncio.sleep(0.01)
        assert server.heard == [("toggle", {"done": True})]
        await expect(screen.find(".w-check input")).to_be_checked()
        server.gate.set()
        await screen.sees("You said: Tell me a story")


async def test_what_an_action_adds_comes_into_view() -> None:
    rows = [text(f"Row {number}") for number in range(40)]
    button = {"type": "Button", "label": "Go on", "onClickAction": {"type": "go"}}
    server = Clerk({"Tall": card(*rows, button)})
    async with serve(app_of(server)) as url, looking_at(url) as screen:
        await screen.open()
        await met(screen, "Tall")
        await screen.find(".w-button").click()
        added = screen.find(".entry").get_by_text("Done: go")
        await expect(added).to_be_in_viewport(ratio=1)


def growing(gate: asyncio.Event) -> Any:
    """A widget that is written while it is used: text that grows, then another root."""

    def root(title: str, **more: Any) -> DynamicWidgetRoot:
        fields = [{"type": "Input", "name": "note", "placeholder": "Note"}]
        words = {"type": "Text", "id": "words", "value": "", "streaming": True, **more}
        return DynamicWidgetRoot.model_validate(
            card({"type": "Title", "value": title}, words, *fields)
        )

    class Grower(Sayer):
        async def respond(
            self, thread: Any, input_user_message: Any, context: Any
        ) -> AsyncIterator[Any]:
            item = WidgetItem(**Items(thread.id).base(), widget=root("One"))
            yield ThreadItemAddedEvent(item=item)
            for number, word in enumerate(("Once", " upon", " a time")):
                delta = WidgetStreamingTextValueDelta(
                    component_id="words", delta=word, done=number == 2
                )
                yield ThreadItemUpdatedEvent(item_id=item.id, update=delta)
                if number == 0:
                    await gate.wait()
            last = root("Two", value="Once upon a time", streaming=False)
            yield ThreadItemUpdatedEvent(item_id=item.id, update=WidgetRootUpdated(widget=last))
            yield ThreadItemDoneEvent(item=item.model_copy(update={"widget": last}))

    return Grower()


async def test_focus_and_half_typed_words_survive_what_streams_in() -> None:
    gate = asyncio.Event()
    async with serve(app_of(growing(gate))) as url, looking_at(url) as screen:
        await screen.open()
        await screen.say("Go")
        await screen.find(".w-text").get_by_text("Once").wait_for()
        note = screen.find('input[name="note"]')
        await note.click()
        await screen.page.keyboard.type("half a tho")
        await screen.page.evaluate("""() => {
          const root = document.querySelector('openai-chatkit').shadowRoot;
          window.kept = [root.querySelector('.w-text'), root.querySelector('input[name=note]')];
        }""")
        gate.set()
        await screen.find(".w-title").get_by_text("Two").wait_for()
        await screen.find(".w-text").get_by_text("Once upon a time").wait_for()
        await screen.page.keyboard.type("ught")
        assert await note.input_value() == "half a thought"
        assert await screen.page.evaluate("""() => {
          const root = document.querySelector('openai-chatkit').shadowRoot;
          const now = [root.querySelector('.w-text'), root.querySelector('input[name=note]')];
          return now.every((each, at) => each === window.kept[at]);
        }""")


async def test_a_list_unfolds_and_is_gone_through_by_keyboard() -> None:
    server = Clerk({"list": PLANT_LIST})
    async with serve(app_of(server)) as url, looking_at(url) as screen:
        await screen.open()
        await met(screen, "list")
        await expect(screen.find(".w-item")).to_have_count(3)
        await screen.find(".w-more").focus()
        await screen.page.keyboard.press("Enter")
        await expect(screen.find(".w-item")).to_have_count(5)
        fourth = screen.find(".w-hit").nth(3)
        await expect(fourth).to_be_focused()
        await expect(fourth).to_have_accessible_name("Spider plant Anything goes 6 €")
        await screen.page.keyboard.press("End")
        await screen.page.keyboard.press("Enter")
        await screen.sees("Done: shelf.choose")
        assert server.heard == [("shelf.choose", {"id": "Rubber tree"})]


EVIL = "javascript:window.pwned=1"
MARKUP = "\"'><img src=x onerror='window.pwned=1'><script>window.pwned=1</script>"
ESCAPES = "red; } * { display: none !important } .x { background: url(https://evil.example/css)"
PROPS = (
    *("value", "label", "name", "src", "alt", "placeholder", "title", "href", "id", "key", "class"),
    *("style", "color", "background", "border", "padding", "width", "size", "icon", "iconStart"),
    *("fieldName", "pattern", "onclick", "onerror", "innerHTML", "srcdoc", "ariaLabel", "align"),
)
KINDS = (
    *(
        "Badge",
        "Box",
        "Button",
        "Caption",
        "Chart",
        "Checkbox",
        "Col",
        "DatePicker",
        "Divider",
        "Form",
    ),
    *("Icon", "Image", "Input", "Label", "ListViewItem", "Markdown", "RadioGroup", "Row", "Select"),
    *(
        "Spacer",
        "Table",
        "Text",
        "Textarea",
        "Title",
        "Transition",
        "script",
        "iframe",
        "__proto__",
    ),
)


def hostile() -> dict[str, Tree]:
    """A script, a link and CSS in every prop of every component."""
    trees = {}
    for number, bad in enumerate((MARKUP, EVIL, ESCAPES, "url(https://evil.example/x)")):
        filled = {prop: bad for prop in PROPS if prop != "key"}
        options = [{"value": bad, "label": bad}]
        data = [{bad: bad, "x": 1}]
        children = [
            {
                **filled,
                "type": kind,
                "options": options,
                "data": data,
                "series": [{"type": "bar", "dataKey": "x", "color": bad}],
                "xAxis": bad,
            }
            for kind in KINDS
        ]
        trees[f"hostile {number}"] = card(
            *children, background=bad, status={"text": bad, "favicon": bad}
        )
    far = {
        "type": "Box",
        "width": "400vw",
        "height": 200,
        "margin": "-5000px 0 0 -5000px",
        "background": "red",
    }
    far["children"] = [text("over everything", size="xl")]
    trees["far"] = card(far)
    return trees


async def test_hostile_widgets_do_nothing() -> None:
    trees = hostile()
    async with serve(app_of(Clerk(trees))) as url, looking_at(url) as screen:
        await screen.open()
        for number, name in enumerate(trees):
            await screen.say(name)
            await screen.find("ock-widget .w-widget").nth(number).wait_for()
            await screen.find(".send:not(.is-stop)").wait_for()
        for button in await screen.find("ock-widget button.w-button:enabled").all():
            await button.dispatch_event("click")
        tags, links, reach = await screen.page.evaluate("""() => {
          const root = document.querySelector('openai-chatkit').shadowRoot;
          const all = [...root.querySelectorAll('ock-widget *')];
          const links = all.map((each) => each.getAttribute('href') ?? each.getAttribute('src'));
          const room = root.querySelector('.entries').getBoundingClientRect();
          const widgets = [...root.querySelectorAll('ock-widget')];
          const isOutside = (each) => each.getBoundingClientRect().right > room.right + 1;
          const outside = widgets.filter(isOutside);
          const above = root.elementFromPoint(innerWidth / 2, 20);
          const middle = document.elementFromPoint(innerWidth / 2, 20);
          return [
            all.map((each) => each.localName),
            links.filter(Boolean),
            [outside.length, middle?.localName, above?.closest('ock-widget') === null],
          ];
        }""")
        assert not {"script", "iframe", "object", "style", "meta", "base"} & set(tags)
        assert not [link for link in links if link.lower().startswith(("javascript:", "data:text"))]
        assert reach == [0, "openai-chatkit", True]
        assert await screen.page.evaluate("window.pwned") is None
        assert await screen.find(".composer").is_visible()
        assert screen.elsewhere == []
        # The sanitiser reads Markdown into a document that is not live; the policy reports it.
        inert = ("inline event handler", "inline style")
        assert [each for each in screen.faults if not any(word in each for word in inert)] == []


async def test_three_hundred_components_come_in_one_update() -> None:
    rows = [
        {
            "type": "Row",
            "key": str(number),
            "children": [
                {"type": "Icon", "name": "star"},
                text(f"Row {number}"),
                {"type": "Badge", "label": "new"},
            ],
        }
        for number in range(75)
    ]
    async with (
        serve(app_of(Clerk({"small": card(text("x")), "large": card(*rows)}))) as url,
        looking_at(url) as screen,
    ):
        await screen.open()
        await met(screen, "small")
        await screen.page.evaluate("""() => {
          const root = document.querySelector('openai-chatkit').shadowRoot;
          window.took = null;
          const observer = new MutationObserver(() => {
            const widget = [...root.querySelectorAll('ock-widget')].at(-1);
            if (widget.root?.children?.length !== 75 || window.took !== null) return;
            window.took = -1;
            const again = document.createElement('ock-widget');
            const tree = structuredClone(widget.root);
            Object.assign(again, { chat: widget.chat, root: tree, itemId: null, epoch: 1 });
            requestAnimationFrame(() => {
              const start = performance.now();
              widget.after(again);
              void again.updateComplete.then(() => {
                again.getBoundingClientRect();
                window.took = performance.now() - start;
                again.remove();
              });
            });
          });
          observer.observe(root, { subtree: true, childList: true });
        }""")
        await screen.say("large")
        await screen.page.wait_for_function("() => window.took > 0")
        # Two frames are 33 ms, and it takes about that here. A busy machine may need many times that,
        # but not what building all of it again and again would take.
        assert await screen.page.evaluate("window.took") < 1000


FIRST = """
models: { default: { provider: rules, rules: [{ say: "You said: {{ text }}" }] } }
agents: { helper: { instructions: Be kind. } }
storage: "memory:"
widgets:
  plan:
    data: { name: string }
    template: { type: Card, children: [{ type: Text, value: "{{ name }}" }] }
actions:
  page.pick:
    from: page
    payload: { name: string }
    steps:
      - set: { thread.title: "About {{ payload.name }}" }
      - widget: { name: plan, data: { name: "{{ payload.name }}" } }
"""


async def test_what_the_page_does_before_the_first_message_begins_one_thread(
    tmp_path: Path,
) -> None:
    (tmp_path / "chatkit.yaml").write_text(FIRST, encoding="utf-8")
    loaded = load(tmp_path / "chatkit.yaml")
    app = create_app(compile_app(loaded), web_settings(loaded.config, KEY))
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.page.evaluate("""async () => {
          const chat = document.querySelector('openai-chatkit');
          const pick = (name) => chat.sendCustomAction({ type: 'page.pick', payload: { name } });
          await pick('ferns');
          await pick('cacti');
          await chat.sendUserMessage({ text: 'Hi' });
        }""")
        await screen.sees("You said: Hi")
        texts = screen.find("ock-widget .w-text")
        await expect(texts).to_have_text(["ferns", "cacti"])
        await expect(screen.find(".title")).to_have_text("About cacti")
        await screen.find(".open-history").click()
        await expect(screen.find(".history-open")).to_have_count(1)
