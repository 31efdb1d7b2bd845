"""What a client hears of is stored; where it cannot be stored, an error is all that it hears."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from chatkit_host.compiler import compile_app
from chatkit_host.errors import UnavailableError
from chatkit_host.store import MemoryStore
from chatkit_host.web import create_app, web_settings
from tests.examples.visitor import Visitor, load_in_memory
from tests.web.live import visit

BOT = """
state: { n: 0 }
shared: { s: 0 }
models:
  default:
    provider: rules
    rules:
      - { match: '^all$', call: all, say: "n={{ state.n }} s={{ shared.s }}" }
      - { match: '^silent$', call: silent, say: "{{ result }}" }
      - { match: '^add$', call: add, say: "{{ result }}" }
      - { match: '^share$', call: share, say: "{{ result }}" }
      - { match: '^show$', call: show, say: shown }
      - say: Hi
agents: { helper: { instructions: Be kind., tools: [all, silent, add, share, show] } }
x-up: &up { set: { state.n: "{{ state.n + 1 }}", shared.s: "{{ shared.s + 1 }}" } }
x-told: &told "n={{ state.n }} s={{ shared.s }}"
x-add: &add
  - set: { state.n: "{{ state.n + 1 }}" }
  - client_effect: { name: told, data: { t: *told } }
  - return: *told
tools:
  show: { steps: [{ widget: { name: card, data: { t: first } } }] }
  silent: { steps: [*up, { return: *told }] }
  add: { steps: *add }
  share:
    steps:
      - set: { shared.s: "{{ shared.s + 1 }}" }
      - client_effect: { name: told, data: { t: *told } }
      - return: *told
  all:
    steps:
      - *up
      - client_effect: { name: told, data: { t: *told } }
      - *up
      - progress: *told
      - *up
      - notice: { message: *told, level: info }
      - *up
      - task: { title: *told, id: one }
      - *up
      - task: { title: *told, id: one }
      - *up
      - message: *told
      - *up
      - widget: { name: card, data: { t: *told } }
      - *up
      - set: { thread.title: *told }
widgets:
  card:
    data: { t: string }
    template:
      type: Card
      children:
        - { type: Text, value: "{{ t }}" }
        - { type: Button, label: Go, onClickAction: { type: up } }
        - { type: Button, label: Go, onClickAction: { type: up_streamed } }
actions:
  up: { sync: true, steps: [*up, { update_widget: { t: *told } }] }
  up_streamed: { steps: [*up, { update_widget: { t: *told } }] }
endpoints:
  POST /up/{thread.id}: { steps: [*up, { message: *told }, { return: *told }] }
  POST /share:
    steps: [{ set: { shared.s: "{{ shared.s + 1 }}" } }, { return: "n=0 s={{ shared.s }}" }]
"""


@dataclass
class Scene:
    """A bot whose store is slow in writing, or fails; and its visitor."""

    visitor: Visitor
    store: MemoryStore
    fails: bool = False
    heard: list[str] = field(default_factory=list)

    def stored(self) -> tuple[int, int]:
        """The state's `n`, and `s` of what is shared."""
        [owned] = self.store._owned.values()
        record = owned.threads.get(str(self.visitor.thread_id))
        state = json.loads(record.private or "{}")["state"]
        return state["n"], int(self.store._shared.get(("", "s"), "0"))

    def hear(self, text: str) -> None:
        """Whatever is said of n and s must be stored by now."""
        for n, s in re.findall(r"n=(\d+) s=(\d+)", text):
            self.heard.append(f"n={n} s={s}")
            stored = self.stored()
            assert stored[0] >= int(n), (text, stored)
            assert stored[1] >= int(s), (text, stored)

    async def stream(self, type: str, **params: Any) -> str:
        """All lines of a stream, each heard as it comes."""
        lines = []
        body = {"type": type, "params": {"thread_id": self.visitor.thread_id, **params}}
        async with self.visitor.browser.stream("POST", "/chatkit", json=body) as response:
            async for line in response.aiter_lines():
                self.hear(line)
                lines.append(line)
        return "\n".join(lines)

    async def say(self, text: str) -> str:
        content = [{"type": "input_text", "text": text}]
        message = {"content": content, "attachments": [], "inference_options": {}}
        return await self.stream("threads.add_user_message", input=message)

    async def post(self, path: str, body: Any) -> httpx.Response:
        response = await self.visitor.browser.post(path, json=body)
        self.hear(response.text)
        return response

    async def act(self, name: str, item_id: str, *, sync: bool) -> str:
        params = {"item_id": item_id, "action": {"type": name, "payload": None}}
        if not sync:
            return await self.stream("threads.custom_action", **params)
        where = {"thread_id": self.visitor.thread_id, **params}
        body = {"type": "threads.sync_custom_action", "params": where}
        return (await self.post("/chatkit", body)).text


@pytest.fixture
async def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    (tmp_path / "chatkit.yaml").write_text(BOT, encoding="utf-8")
    loaded = load_in_memory(tmp_path / "chatkit.yaml")
    app = compile_app(loaded)
    web = create_app(app, web_settings(loaded.config, b"k" * 32, None, loaded.base_dir))
    async with visit(web) as browser:
        browser.timeout = httpx.Timeout(60)
        assert isinstance(app.store, MemoryStore)
        made = Scene(Visitor(browser, "/chatkit"), app.store)
        await made.visitor.say("hello")
        for name in ("change_thread", "save_thread", "save_shared"):
            monkeypatch.setattr(app.store, name, slow(made, getattr(app.store, name)))
        yield made


def slow(scene: Scene, write: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """A write that lets everybody else go first, or fails."""

    async def written(*args: Any, **more: Any) -> Any:
        for _ in range(300):
            await asyncio.sleep(0)
        if scene.fails:
            raise UnavailableError("The store cannot be reached now; try again later.")
        return await write(*args, **more)

    return written


async def shown(scene: Scene) -> str:
    """The id of a widget."""
    await scene.visitor.say("show")
    item_id: str = scene.visitor.widget()["id"]
    return item_id


async def test_each_event_of_a_turn_tells_of_what_is_stored(scene: Scene) -> None:
    await scene.say("all")
    numbers = [f"n={n} s={n}" for n in range(1, 9)]
    assert [each for each in numbers if each not in scene.heard] == []


async def test_an_answer_tells_of_what_a_silent_tool_has_stored(scene: Scene) -> None:
    await scene.say("silent")
    assert "n=1 s=1" in scene.heard


async def test_actions_and_endpoints_answer_when_it_is_stored(scene: Scene) -> None:
    item_id = await shown(scene)
    await scene.act("up", item_id, sync=True)
    await scene.act("up_streamed", item_id, sync=False)
    await scene.post(f"/up/{scene.visitor.thread_id}", {})
    assert {"n=1 s=1", "n=2 s=2", "n=3 s=3"} <= {*scene.heard}


TELLING = r"n=[1-9]|s=[1-9]"


@pytest.mark.parametrize("text", ["add", "silent", "all", "share"])
async def test_a_tool_that_cannot_store_tells_of_no_change(scene: Scene, text: str) -> None:
    scene.fails = True
    told = await scene.say(text)
    assert not re.search(TELLING, told), told
    assert '"type":"error"' in told or text == "share", told
    scene.fails = False
    assert scene.stored() == (0, 0)
    assert "n=1" in await scene.say("add")
    assert scene.stored()[0] == 1


async def test_a_sync_action_that_cannot_store_is_refused_and_shows_nothing(scene: Scene) -> None:
    item_id = await shown(scene)
    scene.fails = True
    told = await scene.act("up", item_id, sync=True)
    assert "try again later" in told
    await nothing_has_changed(scene, item_id)


async def test_an_action_that_cannot_store_ends_with_an_error(scene: Scene) -> None:
    item_id = await shown(scene)
    scene.fails = True
    told = await scene.act("up_streamed", item_id, sync=False)
    assert '"type":"error"' in told
    assert not re.search(TELLING, told), told
    await nothing_has_changed(scene, item_id)


@pytest.mark.parametrize("path", ["/up/{}", "/share"])
async def test_an_endpoint_that_cannot_store_is_a_503(scene: Scene, path: str) -> None:
    item_id = await shown(scene)
    scene.fails = True
    response = await scene.post(path.format(scene.visitor.thread_id), {})
    assert response.status_code == 503
    assert not re.search(TELLING, response.text), response.text
    await nothing_has_changed(scene, item_id)


async def test_an_endpoint_beside_a_turn_that_cannot_store_leaves_the_turn_as_it_was(
    scene: Scene,
) -> None:
    """The turn saves its own copy later, in which nothing of the endpoint's may be left."""
    item_id = await shown(scene)
    scene.fails = True
    await asyncio.gather(scene.post(f"/up/{scene.visitor.thread_id}", {}), scene.say("hello"))
    await nothing_has_changed(scene, item_id)


async def nothing_has_changed(scene: Scene, item_id: str) -> None:
    """Not for who loads the thread anew, and not for what is done next."""
    scene.fails = False
    assert scene.stored() == (0, 0)
    page = await scene.visitor.ask("threads.get_by_id", thread_id=scene.visitor.thread_id)
    [widget] = [each for each in page["items"]["data"] if each["id"] == item_id]
    assert widget["widget"]["children"][0]["value"] == "first"
    assert not re.search(TELLING, str(page))
    assert "n=1 s=1" in await scene.act("up", item_id, sync=True)
