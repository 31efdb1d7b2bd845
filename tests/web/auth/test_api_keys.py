"""Users, by their keys."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from chatkit_host.config.auth import ApiKey
from chatkit_host.web.auth.api_keys import ApiKeysAuth
from chatkit_host.web.errors import UnauthorizedError
from tests.server.servers import create, request
from tests.web.bots import app_of
from tests.web.live import visit

KEYS = [
    ApiKey.model_validate({"key": "ann-1", "user": "ann", "name": "Ann", "data": {"plan": "pro"}}),
    ApiKey.model_validate({"key": "ann-2", "user": "ann"}),
    ApiKey.model_validate({"key": "böb", "user": "bob"}),
]
JSON = {"content-type": "application/json"}


def scope(authorization: str | None) -> Any:
    headers = [] if authorization is None else [(b"authorization", authorization.encode())]
    return {"type": "http", "scheme": "http", "headers": headers}


def test_a_key_names_its_user() -> None:
    identity = ApiKeysAuth(KEYS).identify(scope("Bearer ann-1"))
    assert identity.owner == "user:ann"
    assert identity.user == {"id": "ann", "name": "Ann", "plan": "pro"}
    assert identity.headers == []


def test_two_keys_may_be_one_users() -> None:
    auth = ApiKeysAuth(KEYS)
    assert auth.identify(scope("bearer ann-2")).owner == auth.identify(scope("Bearer ann-1")).owner


@pytest.mark.parametrize(
    "given", [None, "", "Bearer", "Bearer ", "Basic ann-1", "ann-1", "Bearer ann-", "Bearer ann-11"]
)
def test_all_others_are_refused(given: str | None) -> None:
    with pytest.raises(UnauthorizedError):
        ApiKeysAuth(KEYS).identify(scope(given))


async def ask(browser: httpx.AsyncClient, body: bytes, key: str | None) -> httpx.Response:
    headers = JSON | ({"authorization": f"Bearer {key}"} if key else {})
    return await browser.post("/chatkit", content=body, headers=headers)


async def test_users_have_their_own_threads_and_no_cookie() -> None:
    app = app_of(auth=ApiKeysAuth(KEYS), uses_keys=True)
    async with visit(app) as browser:
        created = await ask(browser, create("Hi"), "ann-1")
        mine = await ask(browser, request("threads.list"), "ann-2")
        refused = await ask(browser, request("threads.list"), None)
        page = await browser.get("/about")
    assert "set-cookie" not in created.headers
    assert len(mine.json()["data"]) == 1
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "unauthorized")
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert "CHATKIT_KEY" in page.text
    assert "set-cookie" not in page.headers


async def test_a_key_beyond_ascii_is_compared_by_its_bytes() -> None:
    async with visit(app_of(auth=ApiKeysAuth(KEYS))) as browser:
        key = "Bearer böb".encode()
        headers = [(b"content-type", b"application/json"), (b"authorization", key)]
        response = await browser.post("/chatkit", content=request("threads.list"), headers=headers)
    assert response.status_code == 200
