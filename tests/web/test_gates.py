"""The page next door: Host and Origin."""

from __future__ import annotations

import httpx
import pytest

from tests.server.servers import create, request
from tests.web.bots import app_of
from tests.web.live import visit

JSON = {"content-type": "application/json"}
FRIEND = "https://friend.example"


async def post(browser: httpx.AsyncClient, **headers: str) -> httpx.Response:
    return await browser.post(
        "/chatkit", content=request("threads.list"), headers={**JSON, **headers}
    )


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("evil.example", 421),
        ("evil.example:8000", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("user@localhost", 421),
        ("[::1", 421),
        ("localhost", 200),
        ("LOCALHOST.:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("10.0.0.7:8000", 200),
        ("bot.example", 200),
        ("inside:8000", 200),
    ],
)
async def test_only_our_own_names_are_answered_to(host: str, status: int) -> None:
    app = app_of(public_url="https://bot.example", allowed_hosts=("inside",))
    async with visit(app) as browser:
        response = await post(browser, host=host)
        assert response.status_code == status
        assert (await browser.get("/", headers={"host": host})).status_code == status
    if status == 421:
        assert "server.allowed_hosts" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://localhost:1",
        "https://friend.example.evil",
        "http://[",
        "http://[::1",
    ],
)
async def test_pages_of_other_origins_are_refused(origin: str) -> None:
    async with visit(app_of(allowed_origins=(FRIEND,))) as browser:
        response = await post(browser, origin=origin)
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers
    assert "server.allowed_origins" in response.json()["error"]["message"]


async def test_our_own_pages_may_ask() -> None:
    async with visit(app_of(public_url="https://bot.example")) as browser:
        own = str(browser.base_url).rstrip("/")
        assert (await post(browser, origin=own)).status_code == 200
        assert (await post(browser, origin="https://bot.example")).status_code == 200


async def test_an_allowed_origin_may_read_answers_but_has_no_credentials() -> None:
    async with visit(app_of(allowed_origins=(FRIEND,))) as browser:
        for body in (request("threads.list"), create("Hi"), b"{}"):
            response = await browser.post(
                "/chatkit", content=body, headers={**JSON, "origin": FRIEND}
            )
            assert response.headers["access-control-allow-origin"] == FRIEND
            assert response.headers["vary"] == "Origin"
            assert "access-control-allow-credentials" not in response.headers


async def test_a_preflight_of_an_allowed_origin_is_answered() -> None:
    asked = {
        "origin": FRIEND,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,x-own",
    }
    async with visit(app_of(allowed_origins=(FRIEND,))) as browser:
        response = await browser.options("/chatkit", headers=asked)
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == FRIEND
    assert "POST" in response.headers["access-control-allow-methods"]
    assert response.headers["access-control-allow-headers"] == "authorization,content-type,x-own"


async def test_a_preflight_of_a_stranger_is_refused() -> None:
    asked = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    async with visit(app_of(allowed_origins=(FRIEND,))) as browser:
        response = await browser.options("/chatkit", headers=asked)
    assert response.status_code == 403


async def test_options_without_an_origin_tells_the_methods() -> None:
    async with visit(app_of()) as browser:
        response = await browser.options("/chatkit")
    assert (response.status_code, response.headers["allow"]) == (204, "POST, OPTIONS")
