"""Resuming and stopping, over real HTTP."""

from __future__ import annotations

import httpx

from chatkit_host.store import MemoryStore
from tests.server.servers import GatedServer, create
from tests.web.bots import app_of
from tests.web.live import serve, visit

JSON = {"content-type": "application/json"}
NUMBERED = {**JSON, "x-chatkit-host": "1"}


def blocks(body: str) -> list[str]:
    return [block for block in body.split("\n\n") if "data: " in block]


async def test_a_page_that_is_loaded_anew_goes_on_with_the_answer() -> None:
    server = GatedServer(MemoryStore())
    async with visit(app_of(server)) as browser:
        seen: list[str] = []
        async with browser.stream(
            "POST", "/chatkit", content=create("Go"), headers=NUMBERED
        ) as answer:
            async for text in answer.aiter_text():
                seen += blocks(text)
                if "one " in text:
                    break
        (turn,) = server.turns._open
        last = {"last-event-id": seen[-1].split("\n")[0].removeprefix("id: ")}
        server.gate.set()
        rest = await browser.get(f"/chatkit/threads/{turn.thread_id}/stream", headers=last)
    assert rest.headers["content-type"] == "text/event-stream; charset=utf-8"
    numbers = [int(block.split("\n")[0].rpartition(":")[2]) for block in seen + blocks(rest.text)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert "thread.item.done" in blocks(rest.text)[-1]


async def test_a_client_of_the_protocol_alone_gets_no_ids() -> None:
    async with visit(app_of()) as browser:
        answer = await browser.post("/chatkit", content=create("Hi"), headers=JSON)
    assert "id: " not in answer.text


async def test_where_nothing_runs_there_is_nothing() -> None:
    server = GatedServer(MemoryStore())
    server.gate.set()
    async with visit(app_of(server)) as browser:
        answer = await browser.post("/chatkit", content=create("Hi"), headers=JSON)
        thread_id = answer.text.partition('"id":"')[2].partition('"')[0]
        nothing = await browser.get(f"/chatkit/threads/{thread_id}/stream")
    assert nothing.status_code == 204


async def test_stopping_ends_the_stream_at_once() -> None:
    server = GatedServer(MemoryStore())
    async with (
        visit(app_of(server)) as browser,
        browser.stream("POST", "/chatkit", content=create("Go"), headers=JSON) as answer,
    ):
        await server.first_word_sent.wait()
        (turn,) = server.turns._open
        stopped = await browser.post(f"/chatkit/threads/{turn.thread_id}/cancel", json={})
        await answer.aread()
    assert stopped.json() == {"cancelled": True}


async def test_another_browser_finds_no_such_thread() -> None:
    server = GatedServer(MemoryStore())
    async with (
        serve(app_of(server)) as url,
        httpx.AsyncClient(base_url=url) as ann,
        httpx.AsyncClient(base_url=url) as bob,
        ann.stream("POST", "/chatkit", content=create("Go"), headers=JSON),
    ):
        await server.first_word_sent.wait()
        (turn,) = server.turns._open
        thread = f"/chatkit/threads/{turn.thread_id}"
        assert (await bob.get(f"{thread}/stream")).status_code == 404
        assert (await bob.post(f"{thread}/cancel", json={})).status_code == 404


async def test_stopping_wants_json_as_no_form_of_another_page_sends_it() -> None:
    async with visit(app_of()) as browser:
        answer = await browser.post("/chatkit/threads/thr_1/cancel", content=b"x=1")
    assert answer.status_code == 415


async def test_each_path_has_one_method() -> None:
    async with visit(app_of()) as browser:
        posted = await browser.post("/chatkit/threads/thr_1/stream", json={})
        got = await browser.get("/chatkit/threads/thr_1/cancel")
    assert (posted.status_code, posted.headers["allow"]) == (405, "GET")
    assert (got.status_code, got.headers["allow"]) == (405, "POST")
