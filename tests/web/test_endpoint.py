"""The endpoint, over real HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from chatkit_host.store import MemoryStore
from chatkit_host.web import create_app
from tests.server.servers import EchoServer, GatedServer, create, request
from tests.web.bots import FakeHost, app_of, settings
from tests.web.live import serve, visit

JSON = {"content-type": "application/json"}


def events_of(body: str) -> list[dict[str, Any]]:
    return [json.loads(block[6:]) for block in body.split("\n\n") if block.startswith("data: ")]


async def post(browser: httpx.AsyncClient, body: bytes) -> httpx.Response:
    return await browser.post("/chatkit", content=body, headers=JSON)


async def test_a_message_is_answered_with_a_stream_of_events() -> None:
    async with visit(app_of()) as browser:
        response = await post(browser, create("Hello"))
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache, no-transform"
    assert response.headers["x-accel-buffering"] == "no"
    events = events_of(response.text)
    assert events[0]["type"] == "thread.created"
    assert events[-1]["item"]["content"][0]["text"] == "Echo: Hello"


async def test_a_question_is_answered_with_json() -> None:
    async with visit(app_of()) as browser:
        await post(browser, create("Hello"))
        response = await post(browser, request("threads.list"))
    assert response.headers["content-type"] == "application/json"
    assert len(response.json()["data"]) == 1


async def test_two_browsers_never_see_each_others_threads() -> None:
    async with (
        serve(app_of()) as url,
        httpx.AsyncClient(base_url=url) as ann,
        httpx.AsyncClient(base_url=url) as bob,
    ):
        created = await post(ann, create("Secret"))
        thread_id = events_of(created.text)[0]["thread"]["id"]
        assert (await post(ann, request("threads.list"))).json()["data"][0]["id"] == thread_id
        assert (await post(bob, request("threads.list"))).json()["data"] == []
        for kind in ("threads.get_by_id", "items.list", "threads.delete"):
            refused = await post(bob, request(kind, thread_id=thread_id))
            assert (refused.status_code, refused.json()["error"]["code"]) == (404, "not_found")


LONG = b'{"type":"threads.list","params":{},"metadata":{"x":"' + b"x" * 50_000_000 + b'"}}'
BAD_BODIES = [
    pytest.param(b"", 400, "empty", id="nothing"),
    pytest.param(b"{}", 400, "type", id="an empty object"),
    pytest.param(b"hello", 400, "JSON", id="not JSON"),
    pytest.param(b"[1]", 400, "object", id="not an object"),
    pytest.param(b'"\xff"', 400, "JSON", id="not UTF-8"),
    pytest.param(b'{"type": "threads.creat"}', 400, "threads.create", id="an unknown type"),
    pytest.param(b'{"type": "threads.get_by_id"}', 400, "params", id="no params"),
    pytest.param(request("threads.get_by_id"), 400, "thread_id", id="a missing field"),
    pytest.param(request("threads.get_by_id", thread_id=7), 400, "thread_id", id="a wrong type"),
    pytest.param(request("threads.get_by_id", thread_id="thr_no"), 404, "thr_no", id="a wrong id"),
    pytest.param(
        request("threads.add_user_message", thread_id="x", input={}), 400, "content", id="no input"
    ),
    pytest.param(LONG, 413, "1000000 bytes", id="50 MB"),
]


@pytest.mark.parametrize(("body", "status", "word"), BAD_BODIES)
async def test_a_bad_body_is_refused_with_a_reason(body: bytes, status: int, word: str) -> None:
    async with visit(app_of()) as browser:
        response = await post(browser, body)
    assert response.status_code == status
    assert word in response.json()["error"]["message"]


async def test_a_long_body_without_a_length_is_refused_while_it_comes() -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        for _ in range(1_000):
            taken += 1
            yield b"x" * 100_000

    async with visit(app_of()) as browser:
        response = await browser.post("/chatkit", content=endless(), headers=JSON)
    assert response.status_code == 413


async def test_a_body_that_never_ends_is_given_up() -> None:
    head = b"POST /chatkit HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    async with serve(app_of(body_timeout=0.05)) as url:
        reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(url).port)
        writer.write(head + b"Content-Length: 10\r\n\r\n{")
        answer = await reader.readuntil(b"}}")
        writer.close()
        await writer.wait_closed()
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"code": "timeout"' in answer


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_other_methods_are_refused_and_told_which_is_allowed(method: str) -> None:
    async with visit(app_of()) as browser:
        response = await browser.request(method, "/chatkit")
    assert (response.status_code, response.headers["allow"]) == (405, "POST, OPTIONS")
    assert "POST" in response.json()["error"]["message"]


@pytest.mark.parametrize("given", ["text/plain", "application/x-www-form-urlencoded", None])
async def test_what_is_not_called_json_is_refused(given: str | None) -> None:
    headers = {"content-type": given} if given else {}
    async with visit(app_of()) as browser:
        response = await browser.post("/chatkit", content=request("threads.list"), headers=headers)
    assert response.status_code == 415
    assert "application/json" in response.json()["error"]["message"]


async def test_json_may_name_its_charset() -> None:
    headers = {"content-type": "Application/JSON; charset=utf-8"}
    async with visit(app_of()) as browser:
        response = await browser.post("/chatkit", content=request("threads.list"), headers=headers)
    assert response.status_code == 200


async def test_an_unknown_path_is_a_json_404() -> None:
    async with visit(app_of()) as browser:
        response = await browser.get("/nowhere")
    assert response.status_code == 404
    assert response.json()["error"] == {"code": "not_found", "message": "GET /nowhere: Not Found"}


class BrokenServer(EchoServer):
    """Cannot even begin."""

    async def process(self, request: Any, context: Any) -> Any:
        raise RuntimeError("the password is hunter2")


async def test_what_is_our_fault_says_nothing_but_where_the_log_has_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with visit(app_of(BrokenServer(MemoryStore()))) as browser:
        response = await post(browser, request("threads.list"))
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (500, "internal_error")
    assert "hunter2" not in response.text
    error_id = error["message"].split()[-1].rstrip(".")
    record = next(record for record in caplog.records if error_id in record.getMessage())
    assert record.exc_info is not None
    assert "hunter2" in str(record.exc_info[1])


async def test_requests_wait_until_the_host_has_started() -> None:
    host = FakeHost()
    host.gate.clear()
    async with visit(create_app(host, settings())) as browser:
        asking = asyncio.create_task(post(browser, request("threads.list")))
        assert (await browser.get("/healthz")).status_code == 200
        assert not asking.done()
        host.gate.set()
        assert (await asking).status_code == 200
    assert host.closed.is_set()


async def test_the_path_is_the_configs() -> None:
    async with visit(app_of(path="/bot/api")) as browser:
        assert (await browser.post("/chatkit", content=b"{}")).status_code == 404
        answer = await browser.post("/bot/api", content=request("threads.list"), headers=JSON)
    assert answer.status_code == 200


async def test_what_is_ready_comes_at_once() -> None:
    server = GatedServer(MemoryStore())
    async with (
        visit(app_of(server)) as browser,
        browser.stream("POST", "/chatkit", content=create("Hi"), headers=JSON) as response,
    ):
        async for text in response.aiter_text():
            if "one " in text:
                server.gate.set()
                break
