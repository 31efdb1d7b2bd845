"""The bot of the root's chatkit.yaml, talked through over HTTP: nothing in between is made up."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from chatkit_host.compiler import compile_app
from chatkit_host.config import load
from chatkit_host.web import create_app, web_settings
from tests.server.servers import add, create, request, types_of
from tests.web.live import serve

ROOT = Path(__file__).parent.parent


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A browser, its cookie jar still empty, at the bot of the root."""
    (tmp_path / "chatkit.yaml").write_text((ROOT / "chatkit.yaml").read_text())
    loaded = load(tmp_path / "chatkit.yaml", environ={})
    app = create_app(compile_app(loaded), web_settings(loaded.config, b"key" * 11))
    async with serve(app) as url, httpx.AsyncClient(base_url=url, timeout=30) as browser:
        yield browser


async def talk(client: httpx.AsyncClient, body: bytes) -> list[dict[str, Any]]:
    """All events of a streaming request."""
    answer = await client.post(
        "/chatkit", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 200, answer.text
    frames = answer.text.split("\n\n")
    return [json.loads(f.removeprefix("data: ")) for f in frames if f.startswith("data: ")]


async def post(client: httpx.AsyncClient, body: bytes) -> httpx.Response:
    return await client.post("/chatkit", content=body, headers={"content-type": "application/json"})


def last_text(events: list[dict[str, Any]]) -> str:
    """The text of the last assistant message."""
    items = [e["item"] for e in events if e["type"] == "thread.item.done"]
    said = [item for item in items if item["type"] == "assistant_message"]
    return "".join(part["text"] for part in said[-1]["content"])


async def show_shelf(client: httpx.AsyncClient) -> tuple[str, dict[str, Any]]:
    """A new thread's id, and the widget item of the shelf that is shown in it."""
    events = await talk(client, create("show me the plants"))
    widgets = [e["item"] for e in events if e.get("item", {}).get("type") == "widget"]
    return events[0]["thread"]["id"], widgets[0]


def choose(thread_id: str, item_id: str | None, plant: str) -> bytes:
    action = {"type": "shelf.choose", "payload": {"id": plant}}
    return request("threads.custom_action", thread_id=thread_id, item_id=item_id, action=action)


async def test_it_greets(client: httpx.AsyncClient) -> None:
    events = await talk(client, create("Hello there"))
    assert types_of(events)[:3] == ["thread.created", "thread.item.done", "stream_options"]
    assert "Hello!" in last_text(events)


async def test_its_text_streams(client: httpx.AsyncClient) -> None:
    events = await talk(client, create("Hello there"))
    deltas = [e["update"]["delta"] for e in events if e.get("update", {}).get("delta")]
    assert len(deltas) > 3
    assert "".join(deltas) == last_text(events)


async def test_a_tool_of_steps_changes_the_state_shows_progress_and_an_effect(
    client: httpx.AsyncClient,
) -> None:
    events = await talk(client, create("Please water the orchid"))
    effect = next(e for e in events if e["type"] == "client_effect")
    assert effect["data"] == {"plant": "orchid"}
    assert "progress_update" in types_of(events)
    assert "Watered the orchid. That makes 1" in last_text(events)
    again = await talk(client, add(events[0]["thread"]["id"], "water it"))
    assert "That makes 2" in last_text(again)


async def test_two_threads_have_a_state_each(client: httpx.AsyncClient) -> None:
    await talk(client, create("water the fern"))
    events = await talk(client, create("water the fern"))
    assert "That makes 1" in last_text(events)


async def test_choosing_in_the_widget_updates_it_and_names_the_thread(
    client: httpx.AsyncClient,
) -> None:
    thread_id, shelf = await show_shelf(client)
    events = await talk(client, choose(thread_id, shelf["id"], "orchid"))
    replaced = next(e["item"] for e in events if e["type"] == "thread.item.replaced")
    icons = [row["children"][0]["name"] for row in replaced["widget"]["children"]]
    assert icons == ["star", "star", "star-filled"]
    assert "Bright shade" in last_text(events)
    thread = (await post(client, request("threads.get_by_id", thread_id=thread_id))).json()
    assert thread["title"] == "About the Moth orchid"
    stored = next(item for item in thread["items"]["data"] if item["type"] == "widget")
    assert stored == replaced


async def test_choosing_twice_says_so_and_stops(client: httpx.AsyncClient) -> None:
    thread_id, shelf = await show_shelf(client)
    await talk(client, choose(thread_id, shelf["id"], "fern"))
    events = await talk(client, choose(thread_id, shelf["id"], "fern"))
    assert last_text(events) == "The fern is your favourite already."
    assert "thread.item.replaced" not in types_of(events)


async def test_what_was_chosen_is_known_in_later_turns(client: httpx.AsyncClient) -> None:
    thread_id, shelf = await show_shelf(client)
    await talk(client, choose(thread_id, shelf["id"], "fern"))
    assert "friend of the fern" in last_text(await talk(client, add(thread_id, "thanks")))


@pytest.mark.parametrize(
    ("plant", "with_sender", "status"), [("oak", True, 403), ("fern", False, 403)]
)
async def test_an_action_that_no_widget_offers_is_refused(
    client: httpx.AsyncClient, plant: str, with_sender: bool, status: int
) -> None:
    thread_id, shelf = await show_shelf(client)
    answer = await post(client, choose(thread_id, shelf["id"] if with_sender else None, plant))
    assert answer.status_code == status
    assert "offers" in answer.json()["error"]["message"]


async def test_the_page_may_greet_and_make_it_forget(client: httpx.AsyncClient) -> None:
    thread_id, shelf = await show_shelf(client)
    await talk(client, choose(thread_id, shelf["id"], "fern"))
    hello = {"thread_id": thread_id, "action": {"type": "shop.hello", "payload": {}}}
    assert "Welcome!" in last_text(await talk(client, request("threads.custom_action", **hello)))
    forget = {"thread_id": thread_id, "action": {"type": "shop.forget", "payload": {}}}
    answer = await post(client, request("threads.sync_custom_action", **forget))
    assert answer.json() == {}
    assert "friend of" not in last_text(await talk(client, add(thread_id, "thanks")))


async def test_hidden_items_are_in_no_answer(client: httpx.AsyncClient) -> None:
    events = await talk(client, create("water the fern"))
    thread_id = events[0]["thread"]["id"]
    page = await post(client, request("items.list", thread_id=thread_id))
    assert "WATERED" not in str(events) + page.text
    assert "tool_call" not in page.text
