"""/widgets, for developers at this machine and for nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar

from chatkit_host.checks import check_file
from chatkit_host.cli.serve import shows_gallery
from chatkit_host.config import Config
from chatkit_host.errors import ConfigError
from chatkit_host.gallery import LiveWidgets
from chatkit_host.web import create_app
from tests.web.bots import FakeHost, settings
from tests.web.live import visit

BOT = """\
name: Fern & Co
agents: { a: { instructions: Hi, model: openai/x } }
ui: { theme: { radius: soft } }
widgets:
  hello:
    data: { name: string }
    template: { type: Card, children: [{ type: Text, value: "{{ name }}" }] }
"""
JSON = {"content-type": "application/json"}


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    (tmp_path / "chatkit.yaml").write_text(BOT)
    live = LiveWidgets(check_file(tmp_path / "chatkit.yaml", {}), {})
    return create_app(FakeHost(), settings(max_body=2000), live)


async def post(browser: httpx.AsyncClient, body: Any) -> httpx.Response:
    return await browser.post("/widgets/render", json=body)


async def test_what_is_shown_comes_once(app: Litestar) -> None:
    async with visit(app) as browser:
        first = await browser.get("/widgets/shown.json")
        assert first.json()["bot"] == "Fern & Co"
        assert first.json()["theme"] == {"radius": "soft"}
        assert [each["name"] for each in first.json()["widgets"]] == ["hello"]
        known = {"if-none-match": first.headers["etag"]}
        assert (await browser.get("/widgets/shown.json", headers=known)).status_code == 304


async def test_a_change_of_the_file_is_seen(app: Litestar, tmp_path: Path) -> None:
    async with visit(app) as browser:
        first = await browser.get("/widgets/shown.json")
        (tmp_path / "chatkit.yaml").write_text(BOT.replace("hello:", "goodbye:"))
        known = {"if-none-match": first.headers["etag"]}
        then = await browser.get("/widgets/shown.json", headers=known)
        assert [each["name"] for each in then.json()["widgets"]] == ["goodbye"]


async def test_components_come_with_samples(app: Litestar) -> None:
    async with visit(app) as browser:
        told = (await browser.get("/widgets/catalogue.json")).json()
    assert all(each["samples"] for each in told["components"])


async def test_a_widget_is_rendered_for_data(app: Litestar) -> None:
    async with visit(app) as browser:
        good = await post(browser, {"name": "hello", "data": {"name": "<Ann>"}})
        assert good.json()["widget"]["children"][0]["value"] == "<Ann>"
        bad = await post(browser, {"name": "hello", "data": {"name": 5}})
        assert bad.json()["problems"][0]["path"] == ["name"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "nobody", "data": {}}, 404),
        ({"name": "hello", "data": []}, 400),
        ([], 400),
        ({"name": "hello", "data": {"name": "x" * 3000}}, 413),
    ],
)
async def test_what_cannot_be_rendered_is_refused(app: Litestar, body: Any, status: int) -> None:
    async with visit(app) as browser:
        assert (await post(browser, body)).status_code == status


async def test_a_body_that_is_not_called_json_is_refused(app: Litestar) -> None:
    async with visit(app) as browser:
        assert (await browser.post("/widgets/render", content="{}")).status_code == 415
        broken = await browser.post("/widgets/render", content="{", headers=JSON)
        assert broken.status_code == 400


PATHS = ["/widgets", "/widgets/shown.json", "/widgets/catalogue.json"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-for": "192.0.2.1"},
        {"x-forwarded-for": "127.0.0.1"},
        {"forwarded": "for=192.0.2.1"},
        {"x-real-ip": "192.0.2.1"},
        {"via": "1.1 proxy"},
        {"host": "192.0.2.7"},
    ],
    ids=lambda each: next(iter(each)),
)
async def test_who_comes_through_a_proxy_finds_nothing(
    app: Litestar, path: str, headers: dict[str, str]
) -> None:
    async with visit(app) as browser:
        assert (await browser.get(path, headers=headers)).status_code == 404


async def test_pages_of_other_origins_are_refused(app: Litestar) -> None:
    async with visit(app) as browser:
        asked = {"origin": "https://evil.example"}
        assert (await browser.get("/widgets/shown.json", headers=asked)).status_code == 403


async def test_without_a_gallery_there_is_nothing() -> None:
    async with visit(create_app(FakeHost(), settings())) as browser:
        assert [(await browser.get(path)).status_code for path in PATHS] == [404] * 3


def config(**sections: Any) -> Config:
    agents = {"a": {"instructions": "Hi", "model": "openai/x"}}
    return Config.model_validate({"agents": agents, **sections})


PUBLIC = {
    "auth": {"anonymous": {"public": True}},
    "limits": {"messages": "30/minute"},
}


@pytest.mark.parametrize(
    ("sections", "host", "asked", "is_there"),
    [
        ({}, "127.0.0.1", None, True),
        ({}, "localhost", None, True),
        ({"server": {"gallery": False}}, "127.0.0.1", None, False),
        ({"server": {"gallery": False}}, "127.0.0.1", True, True),
        ({"server": {"gallery": True}}, "127.0.0.1", False, False),
        ({"server": {"public_url": "https://chat.example.com"}}, "127.0.0.1", None, False),
        ({"server": {"allowed_hosts": ["chat.example.com"]}}, "127.0.0.1", None, False),
        ({"auth": {"api_keys": {"ann": "secret"}}}, "127.0.0.1", None, False),
        (PUBLIC, "0.0.0.0", None, False),
    ],
)
def test_it_is_there_where_only_developers_are(
    sections: dict[str, Any], host: str, asked: bool | None, is_there: bool
) -> None:
    assert shows_gallery(config(**sections), host, asked) is is_there


@pytest.mark.parametrize(
    ("sections", "host"),
    [(PUBLIC, "0.0.0.0"), ({"auth": {"api_keys": {"ann": "secret"}}}, "127.0.0.1")],
)
def test_asked_for_where_others_are_it_is_a_mistake(sections: dict[str, Any], host: str) -> None:
    with pytest.raises(ConfigError, match="--gallery: others than developers"):
        shows_gallery(config(**sections), host, True)
