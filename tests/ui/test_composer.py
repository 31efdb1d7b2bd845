"""Writing: files, tools, models, mentions, commands, dictation."""

from __future__ import annotations

import json
from typing import Any

from playwright.async_api import Request, Route, expect

from tests.ui.bots import bot
from tests.ui.browser import Screen, looking_at
from tests.web.live import serve

PAGE = """
<!doctype html><meta charset="utf-8"><script type="module" src="/chatkit.js"></script>
<openai-chatkit style="height: 90vh"></openai-chatkit>
<script type="module">
  await customElements.whenDefined('openai-chatkit');
  const chat = document.querySelector('openai-chatkit');
  window.told = [];
  for (const name of ['tool.change', 'deeplink']) {
    chat.addEventListener(`chatkit.${name}`, ({ detail }) => window.told.push([name, detail]));
  }
  const cats = ['Mia', 'Tom', 'Mimi'].map((title) => ({
    id: title.toLowerCase(), title, group: 'Cats', icon: 'star', interactive: true,
    data: { fur: 'red' },
  }));
  chat.setOptions({
    api: { url: '/chatkit', domainKey: '' },
    composer: OPTIONS,
    entities: {
      onTagSearch: async (query) =>
        cats.filter(({ title }) => title.toLowerCase().startsWith(query)),
      onClick: (entity) => window.told.push(['click', entity.id]),
      onRequestPreview: async ({ title }) => ({
        preview: { type: 'Card', children: [{ type: 'Text', value: `${title} sleeps a lot` }] },
      }),
      showComposerMenu: true,
    },
    commands: {
      enabled: true,
      onSearch: async (query) => [
        { id: 'cat', label: 'Cat of the day' },
        { id: 'more', label: 'More…' },
      ].filter(({ label }) => label.toLowerCase().includes(query)),
      onSelect: async ({ id }) => id === 'cat'
        ? { type: 'entity', entity: cats[0] }
        : id === 'more' ? { type: 'menu', commands: [{ id: 'deep', label: 'Deeper' }] }
        : void window.told.push(['command', id]),
    },
  });
</script>
"""


def page(options: dict[str, Any] | None = None) -> str:
    return PAGE.replace("OPTIONS", json.dumps(options or {}))


def last_input(asked: list[Request]) -> dict[str, Any]:
    """What the newest message took to the host."""
    bodies: list[Any] = [each.post_data_json for each in asked if each.method == "POST"]
    found: dict[str, Any] = [body for body in bodies if "input" in body.get("params", {})][-1]
    message: dict[str, Any] = found["params"]["input"]
    return message


async def test_a_mention_is_searched_previewed_picked_and_sent() -> None:
    _, app = bot()
    async with serve(app) as url, looking_at(url) as screen:
        asked: list[Request] = []
        screen.page.on("request", lambda request: asked.append(request))
        await screen.embed(page())
        await screen.find(".editor").click()
        await screen.page.keyboard.type("Feed @mi")
        options = screen.find("[role=option]")
        await expect(options).to_have_text(["Mia", "Mimi"])
        await screen.find(".suggestion-preview").get_by_text("Mia sleeps a lot").wait_for()
        await screen.page.keyboard.press("ArrowDown")
        await screen.page.keyboard.press("Enter")
        await screen.page.keyboard.type("now")
        await screen.page.keyboard.press("Enter")
        await screen.find(".bubble .mention").get_by_text("Mimi").wait_for()
        tag = {"id": "mimi", "text": "Mimi", "group": "Cats", "data": {"fur": "red"}}
        assert last_input(asked)["content"] == [
            {"type": "input_text", "text": "Feed "},
            {"type": "input_tag", **tag, "interactive": True},
            {"type": "input_text", "text": " now"},
        ]
        await screen.answered()
        await screen.find(".bubble .mention").hover()
        await screen.find(".preview").get_by_text("Mimi sleeps a lot").wait_for()
        await screen.find(".bubble .mention").click()
        assert ["click", "mimi"] in await screen.page.evaluate("window.told")


async def test_commands_insert_lead_on_and_act() -> None:
    _, app = bot()
    async with serve(app) as url, looking_at(url) as screen:
        await screen.embed(page({"tools": [{"id": "vet", "label": "Ask the vet", "icon": "user"}]}))
        await screen.find(".editor").click()
        options = screen.find("[role=option]")
        await screen.page.keyboard.type("/")
        await expect(options).to_have_count(3)
        await screen.page.keyboard.type("cat")
        await expect(options).to_have_count(1)
        await screen.page.keyboard.press("Enter")
        await screen.find(".editor .mention").get_by_text("Mia").wait_for()
        await screen.find(".editor").fill("")
        await screen.page.keyboard.type("/mor")
        await expect(options).to_have_text(["More…"])
        await screen.page.keyboard.press("Tab")
        await expect(options).to_have_text(["Deeper"])
        await screen.page.keyboard.press("Enter")
        await screen.page.wait_for_function("window.told.some(([name]) => name === 'command')")
        await screen.page.keyboard.type("/vet")
        await expect(options).to_have_text(["Ask the vet"])
        await screen.page.keyboard.press("Enter")
        await screen.find(".tool-chip.is-chosen").wait_for()


async def test_tools_and_models_are_picked_and_go_with_the_message() -> None:
    tools = [
        {
            "id": "vet",
            "label": "Ask the vet",
            "icon": "lifesaver",
            "placeholderOverride": "Dear vet",
        },
        {"id": "draw", "label": "Draw", "icon": "images", "pinned": True, "persistent": True},
    ]
    models = [
        {"id": "slow", "label": "Careful", "default": True},
        {"id": "fast", "label": "Quick", "description": "Less thought"},
        {"id": "none", "label": "Never", "disabled": True},
    ]
    _, app = bot()
    async with serve(app) as url, looking_at(url) as screen:
        asked: list[Request] = []
        screen.page.on("request", lambda request: asked.append(request))
        await screen.embed(page({"tools": tools, "models": models}))
        await screen.find(".open-tools").click()
        await screen.find(".pop-menu button").get_by_text("Ask the vet").click()
        await expect(screen.find(".editor")).to_have_attribute("data-placeholder", "Dear vet")
        await screen.find(".model-chip").click()
        assert await screen.find(".pop-menu button").nth(2).is_disabled()
        await screen.find(".pop-menu button").get_by_text("Quick").click()
        await screen.say("Hello")
        await screen.answered()
        assert last_input(asked)["inference_options"] == {
            "tool_choice": {"id": "vet"},
            "model": "fast",
        }
        assert await screen.find(".tool-chip.is-chosen").count() == 0
        await screen.find(".tool-chip").get_by_text("Draw").click()
        await screen.say("A cat")
        await screen.answered()
        assert last_input(asked)["inference_options"]["tool_choice"] == {"id": "draw"}
        assert await screen.find(".tool-chip.is-chosen").count() == 1
        changes = await screen.page.evaluate("window.told")
        assert [detail["toolId"] for name, detail in changes if name == "tool.change"] == [
            *("vet", None, "draw"),
        ]


async def answer_uploads(screen: Screen) -> list[str]:
    """The endpoint's part in uploads, which this bot does not have."""
    done: list[str] = []

    async def answer(route: Route) -> None:
        posted = route.request.method == "POST"
        body: Any = route.request.post_data_json if posted else {}
        kind = body.get("type", "")
        if kind == "attachments.create":
            number = len(done) + 1
            made = {"id": f"atc_{number}", "type": "file", **body["params"]}
            made["upload_descriptor"] = {"url": f"{screen.url}/own/up", "method": "PUT"}
            done.append(kind)
            await route.fulfill(json=made)
            return
        if kind in ("attachments.delete", "input.transcribe"):
            done.append(kind)
            await route.fulfill(json={"text": "spoken words"})
            return
        await route.fallback()

    await screen.page.context.route("**/chatkit", answer)
    return done


async def test_files_come_by_button_drop_and_paste_within_the_limits() -> None:
    files = {"enabled": True, "maxSize": 20, "maxCount": 2, "accept": {"text/*": [".txt"]}}
    _, app = bot()
    async with serve(app) as url, looking_at(url) as screen:
        await screen.embed(page({"attachments": files}))
        done = await answer_uploads(screen)
        async with screen.page.expect_file_chooser() as chooser:
            await screen.find(".open-tools").click()
        text: Any = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"Hello"}
        await (await chooser.value).set_files([text])
        await screen.find(".upload").get_by_text("notes.txt").wait_for()
        await expect(screen.find(".upload progress")).to_have_count(0)
        give = """([kind, name, type, size]) => {
          const root = document.querySelector('openai-chatkit').shadowRoot;
          const data = new DataTransfer();
          data.items.add(new File(['x'.repeat(size)], name, { type }));
          const target = root.querySelector(kind === 'paste' ? '.editor' : '.composer');
          const event = kind === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
          target.dispatchEvent(event);
        }"""
        await screen.page.evaluate(give, ["drop", "big.txt", "text/plain", 50])
        await screen.find(".complaint").get_by_text("big.txt is too large").wait_for()
        await screen.page.evaluate(give, ["paste", "a.pdf", "application/pdf", 5])
        await screen.find(".complaint").get_by_text("Files like a.pdf are not accepted").wait_for()
        await screen.page.evaluate(give, ["paste", "more.txt", "text/plain", 5])
        await expect(screen.find(".upload")).to_have_count(2)
        await screen.page.evaluate(give, ["drop", "third.txt", "text/plain", 5])
        await screen.find(".complaint").get_by_text("At most 2 files").wait_for()
        await screen.find(".remove-upload").first.click()
        await expect(screen.find(".upload")).to_have_count(1)
        assert done == ["attachments.create", "attachments.create", "attachments.delete"]


async def test_speech_becomes_words() -> None:
    _, app = bot()
    async with serve(app) as url, looking_at(url) as screen:
        await screen.page.add_init_script("""
          navigator.mediaDevices.getUserMedia = async () => ({ getTracks: () => [] });
          window.MediaRecorder = class {
            mimeType = 'audio/webm;codecs=opus';
            start() {}
            stop() { this.ondataavailable({ data: new Blob(['x']) }); this.onstop(); }
          };
        """)
        await screen.embed(page({"dictation": {"enabled": True}}))
        done = await answer_uploads(screen)
        await screen.find(".dictate").click()
        await screen.find(".dictate.is-listening").click()
        await screen.find(".editor").get_by_text("spoken words").wait_for()
        assert done == ["input.transcribe"]
