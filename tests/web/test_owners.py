"""What is Ann's, and Bob, who knows every id: nothing is told to him, and nothing changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from chatkit_host.compiler import compile_app
from chatkit_host.server.handlers.table import JSON_HANDLERS, TURN_PLANNERS
from chatkit_host.store import MemoryStore
from chatkit_host.store.timeline import Timeline
from chatkit_host.web import create_app, web_settings
from tests.examples.visitor import Json, Visitor, actions_in, load_in_memory
from tests.web.attachments.files import send, upload
from tests.web.live import serve

BOT = """
auth: { api_keys: { ann: key-of-ann, bob: key-of-bob } }
attachments: { store: ./uploads, accept: [text/plain] }
plugins: [waits]
state: { word: "{{ user.id }}-secret" }
shared: { mine: { default: none-yet, per: user } }
models:
  default:
    provider: rules
    rules:
      - { match: '^show$', call: show, say: ann-secret }
      - { match: '^ask$', call: ask, say: never }
      - { match: '^page$', call: page, say: never }
      - { match: '^pay$', call: pay, say: never }
      - { match: '^wait$', call: wait, say: never }
      - say: "Hi {{ state.word }}"
agents: { helper: { instructions: Be kind., tools: [show, ask, page, pay, wait] } }
tools:
  show: { steps: [{ widget: { name: card, data: { word: "{{ state.word }}" } } }] }
  ask: { steps: [{ structured_input: { day: "Which day, {{ state.word }}?" } }] }
  page: { client: {} }
  pay: { approval: always, steps: [{ set: { state.word: paid } }] }
  wait: { steps: [{ client_effect: waiting }, { call: hang }] }
  hang: { python: "waits:wait" }
widgets:
  card:
    data: { word: string }
    template:
      type: Card
      children:
        - { type: Text, value: "{{ word }}" }
        - { type: Button, label: A, onClickAction: { type: change, payload: { word: clicked } } }
        - { type: Button, label: B, onClickAction: { type: stream, payload: { word: clicked } } }
x-change: &change
  - set: { state.word: "{{ payload.word }}", shared.mine: "{{ payload.word }}" }
  - update_widget: { word: "{{ payload.word }}" }
actions:
  change: { sync: true, payload: { word: string }, steps: *change }
  stream: { payload: { word: string }, steps: *change }
  page.change: { from: page, sync: true, payload: { word: string }, steps: *change }
  page.stream: { from: page, payload: { word: string }, steps: *change }
  page.other:
    from: page
    payload: { item: string }
    steps: [{ update_widget: { word: stolen }, item: "{{ payload.item }}" }]
endpoints:
  GET /word/{thread.id}: { return: "{{ state.word }} {{ shared.mine }}" }
  POST /word/{thread.id}:
    parameters: { word: string }
    steps:
      - set: { state.word: "{{ word }}", shared.mine: "{{ word }}" }
      - message: "{{ word }}"
  DELETE /word/{thread.id}: { steps: [{ set: { state.word: gone } }] }
  GET /mine: { return: "{{ shared.mine }}" }
entities:
  word:
    search: [{ id: w, title: "{{ state.word }}" }]
    preview: { name: card, data: { word: "{{ state.word }}" } }
on: { feedback: [{ set: { state.word: "{{ feedback.kind }}" } }] }
"""
WAITS = "import asyncio\nasync def wait():\n    await asyncio.Event().wait()\n"


@dataclass
class Scene:
    """One host; Ann, who has something of each kind, and Bob.

    Attributes:
        ids: what there is of Ann's, and a thread of Bob's.
        actions: what Ann's widget offers, and the answers to her approval.
    """

    store: MemoryStore
    ann: httpx.AsyncClient
    bob: httpx.AsyncClient
    ids: dict[str, str]
    actions: dict[str, Json]

    def all_of_ann(self) -> Any:
        """Every record of hers, and what her threads share."""
        [mine] = [owned for owner, owned in self.store._owned.items() if "ann" in owner]
        rows: list[Timeline[Any]] = [mine.threads, *mine.items.values()]
        shared = {key: body for key, body in self.store._shared.items() if "ann" in key[0]}
        kept = [[(row.id, row.record) for row in each._rows] for each in rows]
        return repr((kept, mine.attachments, mine.feedback, shared))


@pytest.fixture
async def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    (tmp_path / "waits.py").write_text(WAITS)
    (tmp_path / "chatkit.yaml").write_text(BOT, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    loaded = load_in_memory(tmp_path / "chatkit.yaml")
    app = compile_app(loaded)
    web = create_app(app, web_settings(loaded.config, b"k" * 32, None, loaded.base_dir))
    async with serve(web) as url, client(url, "ann") as ann, client(url, "bob") as bob:
        assert isinstance(app.store, MemoryStore)
        made = Scene(app.store, ann, bob, {}, {})
        await fill(made)
        async with running_turn(made):
            yield made


def client(url: str, who: str) -> httpx.AsyncClient:
    key = {"authorization": f"Bearer key-of-{who}"}
    return httpx.AsyncClient(base_url=url, headers=key, timeout=60)


async def fill(scene: Scene) -> None:
    """Give Ann one of each, and Bob a thread."""
    ids = scene.ids
    for name in ("show", "ask", "page", "pay"):
        visitor = Visitor(scene.ann, "/chatkit")
        await visitor.say(name)
        assert visitor.thread_id is not None
        ids[name] = visitor.thread_id
        shown = {item["type"]: item for item in map(item_of, visitor.events) if item}
        ids |= {f"{name}.{kind}": item["id"] for kind, item in shown.items()}
        for action in actions_in(shown.get("widget", {}).get("widget", {})):
            payload = action.get("payload")
            chosen = {"type": action["type"], "payload": payload}
            scene.actions[f"{name}.{action['type']}.{len(scene.actions)}"] = chosen
    filer = Visitor(scene.ann, "/chatkit")
    file = await upload(filer, "a.txt", "text/plain", b"ann-secret")
    await send(filer, file)
    loose = await upload(filer, "b.txt", "text/plain", b"ann-secret")
    ids |= {"file": file["id"], "loose": loose["id"], "files": str(filer.thread_id)}
    await scene.ann.post(f"/word/{ids['show']}", json={"word": "ann-secret"})
    bobs = Visitor(scene.bob, "/chatkit")
    await bobs.say("show")
    ids |= {"bobs": str(bobs.thread_id), "bobs.widget": bobs.widget()["id"]}


def item_of(event: Json) -> Json | None:
    item: Json | None = event.get("item")
    return item


class running_turn:
    """A turn of Ann's that goes on until the end."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    async def __aenter__(self) -> None:
        begun = asyncio.Event()
        self._task = asyncio.create_task(self._read(begun))
        await begun.wait()

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _read(self, begun: asyncio.Event) -> None:
        content = [{"type": "input_text", "text": "wait"}]
        message = {"content": content, "attachments": [], "inference_options": {}}
        body = {"type": "threads.create", "params": {"input": message}}
        async with self._scene.ann.stream("POST", "/chatkit", json=body) as response:
            async for line in response.aiter_lines():
                if "thread.created" in line:
                    self._scene.ids["wait"] = line.partition('"id":"')[2].partition('"')[0]
                if "client_effect" in line:
                    begun.set()


Try = tuple[str, str, Json | None]
MESSAGE = {"content": [{"type": "input_text", "text": "hi"}], "inference_options": {}}


def chatkit(type: str, **params: Any) -> Try:
    return "POST", "/chatkit", {"type": type, "params": params}


def act(scene: Scene, thread: str, name: str, item: str | None, *, sync: bool = False) -> Try:
    action = scene.actions.get(name) or {"type": name, "payload": {"word": "x"}}
    kind = "threads.sync_custom_action" if sync else "threads.custom_action"
    return chatkit(kind, thread_id=scene.ids[thread], item_id=item, action=action)


TRIES: dict[str, Callable[[Scene, dict[str, str]], Try]] = {
    "load": lambda _, ids: chatkit("threads.get_by_id", thread_id=ids["show"]),
    "rename": lambda _, ids: chatkit("threads.update", thread_id=ids["show"], title="Bob's"),
    "delete": lambda _, ids: chatkit("threads.delete", thread_id=ids["show"]),
    "delete while it runs": lambda _, ids: chatkit("threads.delete", thread_id=ids["wait"]),
    "list items": lambda _, ids: chatkit("items.list", thread_id=ids["show"]),
    "list from an item": lambda _, ids: chatkit(
        "items.list", thread_id=ids["bobs"], after=ids["show.widget"]
    ),
    "list threads from one": lambda _, ids: chatkit("threads.list", after=ids["show"]),
    "feedback": lambda _, ids: chatkit(
        "items.feedback", thread_id=ids["show"], item_ids=[ids["show.widget"]], kind="positive"
    ),
    "feedback on an item": lambda _, ids: chatkit(
        "items.feedback", thread_id=ids["bobs"], item_ids=[ids["show.widget"]], kind="positive"
    ),
    "message": lambda _, ids: chatkit(
        "threads.add_user_message", thread_id=ids["show"], input=MESSAGE | {"attachments": []}
    ),
    "message while it runs": lambda _, ids: chatkit(
        "threads.add_user_message", thread_id=ids["wait"], input=MESSAGE | {"attachments": []}
    ),
    "retry": lambda _, ids: chatkit(
        "threads.retry_after_item", thread_id=ids["show"], item_id=ids["show.user_message"]
    ),
    "retry from an item": lambda _, ids: chatkit(
        "threads.retry_after_item", thread_id=ids["bobs"], item_id=ids["show.user_message"]
    ),
    "output of a client tool": lambda _, ids: chatkit(
        "threads.add_client_tool_output", thread_id=ids["page"], result={}
    ),
    "answers to questions": lambda _, ids: chatkit(
        "threads.add_structured_input",
        thread_id=ids["ask"],
        item_id=ids["ask.structured_input"],
        input={"answers": {"day": {"values": ["Mon"]}}},
    ),
    "answers in one's own thread": lambda _, ids: chatkit(
        "threads.add_structured_input",
        thread_id=ids["bobs"],
        item_id=ids["ask.structured_input"],
        input={"answers": {"day": {"values": ["Mon"]}}},
    ),
    "sync action": lambda s, ids: act(s, "show", "show.change", ids["show.widget"], sync=True),
    "action": lambda s, ids: act(s, "show", "show.stream", ids["show.widget"]),
    "sync action of an item": lambda s, ids: act(
        s, "bobs", "show.change", ids["show.widget"], sync=True
    ),
    "action of an item": lambda s, ids: act(s, "bobs", "show.stream", ids["show.widget"]),
    "sync action of the page": lambda s, _: act(s, "show", "page.change", None, sync=True),
    "action of the page": lambda s, _: act(s, "show", "page.stream", None),
    "action with one's own widget": lambda s, ids: act(
        s, "show", "show.change", ids["bobs.widget"], sync=True
    ),
    "approve": lambda s, ids: act(s, "pay", approval(s, 0), ids["pay.widget"]),
    "reject": lambda s, ids: act(s, "pay", approval(s, 1), ids["pay.widget"]),
    "approve in one's own thread": lambda s, ids: act(s, "bobs", approval(s, 0), ids["pay.widget"]),
    "take up a stream": lambda _, ids: ("GET", f"/chatkit/threads/{ids['wait']}/stream", None),
    "stop": lambda _, ids: ("POST", f"/chatkit/threads/{ids['wait']}/cancel", {}),
    "read by an endpoint": lambda _, ids: ("GET", f"/word/{ids['show']}", None),
    "write by an endpoint": lambda _, ids: ("POST", f"/word/{ids['show']}", {"word": "x"}),
    "delete by an endpoint": lambda _, ids: ("DELETE", f"/word/{ids['show']}", None),
    "search entities": lambda _, ids: (
        "GET",
        f"/chatkit/entities?query=w&thread_id={ids['show']}",
        None,
    ),
    "preview an entity": lambda _, ids: (
        "POST",
        "/chatkit/entities/preview",
        {"entity": {"id": "w", "title": "w"}, "thread_id": ids["show"]},
    ),
    "send a file": lambda _, ids: chatkit(
        "threads.create", input=MESSAGE | {"attachments": [ids["loose"]]}
    ),
    "send a file that was sent": lambda _, ids: chatkit(
        "threads.create", input=MESSAGE | {"attachments": [ids["file"]]}
    ),
    "delete a file": lambda _, ids: chatkit("attachments.delete", attachment_id=ids["loose"]),
    "read a file": lambda _, ids: ("GET", f"/chatkit/attachments/{ids['file']}", None),
    "look at a file": lambda _, ids: ("GET", f"/chatkit/attachments/{ids['loose']}/preview", None),
}


def approval(scene: Scene, index: int) -> str:
    return [name for name in scene.actions if name.startswith("pay.")][index]


@pytest.mark.parametrize("name", TRIES)
async def test_who_knows_an_id_is_told_nothing_and_changes_nothing(scene: Scene, name: str) -> None:
    before = scene.all_of_ann()
    method, path, body = TRIES[name](scene, scene.ids)
    response = await scene.bob.request(method, path, json=body)
    assert response.status_code == 404, response.text
    assert "ann-secret" not in response.text
    assert scene.all_of_ann() == before


@pytest.mark.parametrize("name", TRIES)
async def test_to_the_owner_it_is_there(scene: Scene, name: str) -> None:
    """Else the test above would prove little; where two owners' things meet, it is still a 404."""
    method, path, body = TRIES[name](scene, scene.ids)
    if not mixes(scene, path, body):
        response = await answered(scene.ann, method, path, body)
        assert response.status_code != 404 or "attachments" in path, response.text


def mixes(scene: Scene, path: str, body: Json | None) -> bool:
    """Whether a thing of Bob's is named."""
    bobs = [value for name, value in scene.ids.items() if name.startswith("bobs")]
    return any(value in f"{path} {body}" for value in bobs)


async def answered(
    browser: httpx.AsyncClient, method: str, path: str, body: Json | None
) -> httpx.Response:
    """The beginning of an answer; streams may go on."""
    async with browser.stream(method, path, json=body) as response:
        if "event-stream" not in response.headers.get("content-type", ""):
            await response.aread()
        return response


async def test_a_list_names_another_users_widget_in_vain(scene: Scene) -> None:
    before = scene.all_of_ann()
    action = {"type": "page.other", "payload": {"item": scene.ids["show.widget"]}}
    bob = Visitor(scene.bob, "/chatkit", scene.ids["bobs"])
    await bob.stream("threads.custom_action", thread_id=bob.thread_id, action=action)
    assert bob.errors()
    assert "ann-secret" not in str(bob.events)
    assert scene.all_of_ann() == before


async def test_what_one_users_threads_share_is_no_other_users(scene: Scene) -> None:
    assert (await scene.ann.get("/mine")).json() == "ann-secret"
    assert (await scene.bob.get("/mine")).json() == "none-yet"


async def test_the_list_of_threads_has_ones_own_alone(scene: Scene) -> None:
    body = {"type": "threads.list", "params": {}}
    listed = (await scene.bob.post("/chatkit", json=body)).json()
    assert [thread["id"] for thread in listed["data"]] == [scene.ids["bobs"]]


async def test_who_is_nobody_gets_nowhere(scene: Scene) -> None:
    before = scene.all_of_ann()
    async with httpx.AsyncClient(base_url=scene.ann.base_url) as nobody:
        for attempt in TRIES.values():
            method, path, body = attempt(scene, scene.ids)
            response = await nobody.request(method, path, json=body)
            assert response.status_code in (401, 404), (path, response.text)
            assert "ann-secret" not in response.text
    assert scene.all_of_ann() == before


def every_operation() -> Iterator[str]:
    kinds: list[Any] = [*JSON_HANDLERS, *TURN_PLANNERS]
    yield from (each.model_fields["type"].default for each in kinds)


async def test_no_operation_that_names_something_is_left_out(scene: Scene) -> None:
    bodies = [attempt(scene, scene.ids)[2] for attempt in TRIES.values()]
    tried = {body["type"] for body in bodies if body and "type" in body}
    assert set(every_operation()) - tried == {"attachments.create", "input.transcribe"}
