"""Alive, and able to work."""

from __future__ import annotations

from chatkit_host.errors import ConfigError, UnavailableError
from chatkit_host.web import create_app
from tests.server.servers import request
from tests.web.bots import FakeHost, app_of, settings
from tests.web.live import running, visit

JSON = {"content-type": "application/json"}


async def test_a_host_that_has_started_is_ready() -> None:
    async with visit(app_of()) as browser:
        await browser.post("/chatkit", content=request("threads.list"), headers=JSON)
        ready = await browser.get("/readyz")
        alive = await browser.get("/healthz")
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})
    assert (alive.status_code, alive.json()) == (200, {"status": "ok"})


async def test_a_host_that_is_starting_is_alive_but_not_ready() -> None:
    host = FakeHost()
    host.gate.clear()
    async with visit(create_app(host, settings())) as browser:
        ready = await browser.get("/readyz")
        assert (await browser.get("/healthz")).status_code == 200
    assert ready.status_code == 503
    assert "starting" in ready.json()["reason"]


async def test_a_host_whose_store_is_away_says_so() -> None:
    host = FakeHost()
    host.illness = UnavailableError("The database does not answer.")
    async with visit(create_app(host, settings())) as browser:
        await browser.post("/chatkit", content=request("threads.list"), headers=JSON)
        ready = await browser.get("/readyz")
    assert (ready.status_code, ready.json()["reason"]) == (503, "The database does not answer.")


async def test_an_illness_nobody_expected_is_not_told_to_strangers() -> None:
    host = FakeHost()
    host.illness = RuntimeError("password hunter2")
    async with visit(create_app(host, settings())) as browser:
        await browser.post("/chatkit", content=request("threads.list"), headers=JSON)
        ready = await browser.get("/readyz")
    assert ready.status_code == 503
    assert "hunter2" not in ready.text


async def test_a_host_that_is_stopping_is_not_ready() -> None:
    app = app_of()
    async with visit(app) as browser:
        await browser.post("/chatkit", content=request("threads.list"), headers=JSON)
        app.state.boot.state = "draining"
        ready = await browser.get("/readyz")
        refused = await browser.post("/chatkit", content=request("threads.list"), headers=JSON)
    assert (ready.status_code, refused.status_code) == (503, 503)
    assert "shutting down" in ready.json()["reason"]


async def test_a_host_that_cannot_start_stops_the_server() -> None:
    host = FakeHost()
    host.failure = ConfigError("no such database")
    app = create_app(host, settings())
    async with running(app) as (_, server):
        await app.state.boot._ended.wait()
        assert server.should_exit
    assert app.state.boot.failure is host.failure
    assert host.closed.is_set()


async def test_probes_may_ask_without_wanting_the_body() -> None:
    async with visit(app_of()) as browser:
        for path in ("/", "/healthz"):
            answer = await browser.head(path)
            assert (answer.status_code, answer.content) == (200, b"")
        refused = await browser.post("/healthz")
    assert (refused.status_code, refused.json()["error"]["code"]) == (405, "method_not_allowed")
