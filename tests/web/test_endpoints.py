"""Endpoints over HTTP: found, guarded like /chatkit, bound to owners, safe beside turns."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.hosted import hosted

BOT = """
data: { snacks: [{ id: a, name: Tuna }, { id: b, name: Chicken }] }
state: { n: 0 }
shared: { total: 0 }
models:
  default: { provider: rules, rules: [{ match: add, call: add, say: "{{ result }}" }, { say: Hi }] }
agents: { helper: { instructions: Be kind., tools: [add] } }
plugins: [slow]
tools:
  add:
    steps: [{ call: nap }, { set: { state.n: "{{ state.n + 1 }}" } }, { return: "{{ state.n }}" }]
  nap: { python: "slow:nap" }
endpoints:
  GET /snacks:
    parameters: { q: { type: string, optional: true } }
    return: "{{ data.snacks | search(q) }}"
  GET /snacks/{id}: { return: "{{ data.snacks | find(id=id) }}" }
  GET /snacks/best: { return: best }
  GET /typed:
    parameters:
      n: integer
      ok: { type: boolean, optional: true }
      ids: { type: array, items: integer, optional: true }
    return: "{{ args }}"
  GET /price/{p}: { parameters: { p: { type: number, maximum: 10 } }, return: "{{ args.p }}" }
  GET /cats/{thread.id}: { return: { n: "{{ state.n }}", id: "{{ thread.id }}" } }
  POST /cats/{thread.id}:
    parameters: { by: { type: integer, minimum: 1 } }
    steps:
      - let: { n: "{{ state.n }}" }
      - call: nap
      - set: { state.n: "{{ n + by }}", shared.total: "{{ shared.total + by }}" }
      - message: "Now {{ state.n }}."
      - return: { n: "{{ state.n }}", total: "{{ shared.total }}" }
  POST /nothing: { steps: [{ if: false, return: 1 }] }
  POST /fail:
    steps: [{ set: { shared.total: 7 } }, { error: { message: Taken already., status: 409 } }]
  POST /plain: { steps: [{ error: No. }] }
  DELETE /total: { steps: [{ set: { shared.total: 0 } }] }
  GET /broken: { parameters: { n: integer }, return: "{{ 1 / n }}" }
"""
JSON = {"content-type": "application/json"}


@pytest.fixture
def bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "slow.py").write_text(
        "import asyncio\nasync def nap():\n    for _ in range(9):\n        await asyncio.sleep(0)\n"
    )
    monkeypatch.delitem(sys.modules, "slow", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


async def status_and_error(browser: httpx.AsyncClient, method: str, *a: Any, **k: Any) -> Any:
    response = await browser.request(method, *a, **k)
    error = response.json()["error"]
    return response.status_code, error["code"], error["message"]


async def test_what_is_found_and_in_which_form_it_comes(bot: Path) -> None:
    async with hosted(bot, BOT) as visitor:
        get = visitor.browser.get
        assert [each["id"] for each in (await get("/snacks")).json()] == ["a", "b"]
        assert (await get("/snacks?q=TUN")).json() == [{"id": "a", "name": "Tuna"}]
        assert (await get("/snacks/b")).json()["name"] == "Chicken"
        assert (await get("/snacks/")).status_code == 200
        assert (await get("/snacks/best")).json() == "best"
        assert (await get("/snacks/a%2Fb")).json() is None
        typed = await get("/typed?n=3&ok=true&ids=1&ids=2")
        assert typed.json() == {"n": 3, "ok": True, "ids": [1, 2]}
        assert [(await get(f"/price/{n}")).json() for n in ("7", "-.5", "1E1")] == [7, -0.5, 10]
        assert typed.headers["cache-control"] == "no-store"
        head = await visitor.browser.head("/snacks")
        assert (head.status_code, head.content) == (200, b"")


async def test_what_does_not_fit_is_a_400_that_says_why(bot: Path) -> None:
    async with hosted(bot, BOT) as visitor:
        ask, post = visitor.browser, {"headers": JSON}
        cases: list[tuple[str, str, dict[str, Any], str]] = [
            ("GET", "/typed?n=x", {}, "n: 'x' is not of type 'integer'"),
            ("GET", "/typed", {}, "'n' is a required property"),
            ("GET", "/typed?n=1_0", {}, "n: '1_0' is not of type 'integer'"),
            ("GET", "/typed?n=%D9%A3", {}, "n: '٣' is not of type 'integer'"),
            ("GET", "/price/nan", {}, "p: 'nan' is not of type 'number'"),
            ("GET", "/price/inf", {}, "p: 'inf' is not of type 'number'"),
            ("GET", "/price/1e999", {}, "p: '1e999' is not of type 'number'"),
            ("POST", "/nothing", post | {"content": '{"a": NaN}'}, "The body is not JSON"),
            ("POST", "/nothing", post | {"content": '{"a": 1e999}'}, "The body is not JSON"),
            (
                "POST",
                "/nothing",
                post | {"content": '{"a": "\\ud800"}'},
                "The body is not JSON: a text has",
            ),
            ("GET", "/typed?n=1&n=2", {}, "n: this stands twice in the query"),
            ("GET", "/snacks?z=1", {}, "Additional properties are not allowed"),
            ("POST", "/nothing?a=1", post, "Parameters come in the body here"),
            ("POST", "/nothing", post | {"content": "{"}, "The body is not JSON"),
            ("POST", "/nothing", post | {"content": "[" * 100_000}, "The body is not JSON"),
            ("POST", "/nothing", post | {"content": "[]"}, "The body has to be a JSON object"),
        ]
        for method, url, more, told in cases:
            status, code, message = await status_and_error(ask, method, url, **more)
            assert (status, code) == (400, "invalid_request")
            assert message.startswith(told)


async def test_what_is_not_there_is_a_404_and_another_method_a_405(bot: Path) -> None:
    async with hosted(bot, BOT) as visitor:
        for path in ("/nope", "/snacks/a/b", "/cats", "/cats/"):
            assert (await visitor.browser.get(path)).status_code == 404
        refused = await visitor.browser.put("/snacks")
        assert (refused.status_code, refused.headers["allow"]) == (405, "GET")


async def test_an_error_step_is_its_status_and_what_was_set_stays(bot: Path) -> None:
    async with hosted(bot, BOT) as visitor:
        ask = visitor.browser
        told = await status_and_error(ask, "POST", "/fail", headers=JSON)
        assert told == (409, "conflict", "Taken already.")
        told = await status_and_error(ask, "POST", "/plain", headers=JSON)
        assert told == (400, "refused", "No.")
        assert (await ask.post("/nothing", headers=JSON)).status_code == 204
        assert (await ask.delete("/total")).status_code == 204


async def test_what_is_ours_to_mend_tells_nothing_but_an_id(bot: Path) -> None:
    async with hosted(bot, BOT) as visitor:
        status, code, message = await status_and_error(visitor.browser, "GET", "/broken?n=0")
        assert (status, code) == (500, "internal_error")
        assert "division" not in message


async def test_a_thread_opens_for_its_owner_alone(bot: Path) -> None:
    async with hosted(bot, BOT) as visitor:
        await visitor.say("add")
        url = f"/cats/{visitor.thread_id}"
        assert (await visitor.browser.get(url)).json()["n"] == 1
        async with httpx.AsyncClient(base_url=visitor.browser.base_url) as stranger:
            for _ in range(2):  # without a cookie, and with a stranger's
                assert (await stranger.get(url)).status_code == 404
                posted = await stranger.post(url, json={"by": 1})
                assert posted.status_code == 404
        assert (await visitor.browser.get("/cats/thr_none")).status_code == 404
        assert (await visitor.browser.get(url)).json()["n"] == 1


async def test_it_is_guarded_like_the_protocol(bot: Path) -> None:
    limits = "limits: { messages: 2/hour }\nserver: { max_body: 100 }"
    async with hosted(bot, BOT, limits) as visitor:
        ask = visitor.browser
        evil = {"origin": "https://evil.example"}
        assert (await ask.get("/snacks", headers=evil)).status_code == 403
        assert (await ask.get("/snacks", headers={"host": "evil.example"})).status_code == 421
        form = {"content-type": "text/plain"}
        assert (await ask.post("/nothing", headers=form)).status_code == 415
        assert (await ask.post("/nothing", json={"x": "y" * 200})).status_code == 413
        statuses = [(await ask.post("/nothing", headers=JSON)).status_code for _ in range(3)]
        assert statuses == [204, 204, 429]
        assert (await ask.get("/snacks")).status_code == 200


@pytest.mark.parametrize(
    ("site", "kind", "more", "status"),
    [
        ("cross-site", "image", {}, 403),
        ("cross-site", "document", {}, 403),
        ("same-site", "empty", {}, 403),
        ("same-origin", "image", {}, 403),
        ("same-origin", "iframe", {}, 403),
        ("same-origin", "empty", {}, 200),
        ("none", "document", {}, 200),
        ("cross-site", "empty", {"origin": "https://friend.example"}, 200),
    ],
)
async def test_what_other_pages_make_a_browser_send_is_refused(
    bot: Path, site: str, kind: str, more: dict[str, str], status: int
) -> None:
    friend = "server: { allowed_origins: [https://friend.example] }"
    async with hosted(bot, BOT, friend) as visitor:
        headers = {"sec-fetch-site": site, "sec-fetch-dest": kind, **more}
        assert (await visitor.browser.get("/snacks", headers=headers)).status_code == status


async def test_an_api_key_is_wanted_where_users_have_them(bot: Path) -> None:
    auth = "auth: { api_keys: { ann: { key: 0123456789abcdef0123456789abcdef } } }"
    async with hosted(bot, BOT, auth) as visitor:
        assert (await visitor.browser.get("/snacks")).status_code == 401


async def test_calls_at_once_and_a_turn_beside_them_lose_no_update(bot: Path) -> None:
    async with hosted(bot, BOT) as visitor:
        await visitor.say("add")
        url = f"/cats/{visitor.thread_id}"
        turn = asyncio.create_task(visitor.say("add"))
        posts = [visitor.browser.post(url, json={"by": 1}) for _ in range(8)]
        totals = sorted(each.json()["total"] for each in await asyncio.gather(*posts))
        await turn
        assert totals == list(range(1, 9))
        assert (await visitor.browser.get(url)).json()["n"] == 10


async def test_what_it_says_is_in_the_thread_before_the_client_hears_of_it(bot: Path) -> None:
    async with hosted(bot, BOT) as visitor:
        await visitor.say("hello")
        await visitor.browser.post(f"/cats/{visitor.thread_id}", json={"by": 5})
        thread = await visitor.ask("threads.get_by_id", thread_id=visitor.thread_id)
        assert thread["items"]["data"][-1]["content"][0]["text"] == "Now 5."


async def test_the_document_describes_them(bot: Path) -> None:
    async with hosted(bot, BOT) as visitor:
        paths = (await visitor.browser.get("/openapi.json")).json()["paths"]
        assert set(paths["/cats/{thread_id}"]) == {"get", "post"}
        [q] = paths["/snacks"]["get"]["parameters"]
        assert (q["name"], q["in"], q["required"]) == ("q", "query", False)
        body = paths["/cats/{thread_id}"]["post"]["requestBody"]["content"]["application/json"]
        assert body["schema"]["required"] == ["by"]
