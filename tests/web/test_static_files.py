"""`server.static`: the files of a folder, and nothing around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatkit_host.web.static_files import find
from tests.web.hosted import hosted

BOT = """
models: { default: { provider: rules, rules: [{ say: Hi }] } }
agents: { helper: { instructions: Be kind. } }
server: { static: { /app: web, /app/docs: docs } }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    web = tmp_path / "web"
    (web / "sub").mkdir(parents=True)
    (web / "empty").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a b.txt").write_text("Grüße")
    (tmp_path / "secret.txt").write_text("hush")
    (web / "index.html").write_text("<p>Home")
    (web / "sub" / "index.html").write_text("<p>Sub")
    (web / "app.js").write_text("1")
    (web / ".env").write_text("hush")
    (web / "out").symlink_to(tmp_path / "secret.txt")
    return tmp_path


async def test_files_have_their_types_and_can_be_asked_for_again(folder: Path) -> None:
    async with hosted(folder, BOT) as visitor:
        get = visitor.browser.get
        page = await get("/app/")
        assert (page.status_code, page.text) == (200, "<p>Home")
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        script = await get("/app/app.js")
        assert script.headers["content-type"] == "text/javascript; charset=utf-8"
        assert script.headers["x-content-type-options"] == "nosniff"
        again = await get("/app/app.js", headers={"if-none-match": script.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert (await get("/app/docs/a%20b.txt")).text == "Grüße"
        for path in ("/app", "/app/sub"):
            moved = await get(path)
            assert (moved.status_code, moved.headers["location"]) == (308, f"{path}/")
        assert (await get("/app/sub/")).text == "<p>Sub"
        assert (await visitor.browser.post("/app/app.js")).status_code == 405


async def test_pages_of_a_strict_folder_may_do_what_the_hosts_own_may(folder: Path) -> None:
    (folder / "web" / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    strict = BOT.replace("/app: web", "/app: { folder: web, policy: strict }")
    strict += "\nui: { allow: { img: ['https://files.example.com'] } }\n"
    async with hosted(folder, strict) as visitor:
        get = visitor.browser.get
        own = (await get("/")).headers["content-security-policy"]
        assert "img-src 'self' data: blob: https://files.example.com" in own
        page = await get("/app/")
        assert page.headers["content-security-policy"] == own
        assert page.headers["referrer-policy"] == "no-referrer"
        again = await get("/app/", headers={"if-none-match": page.headers["etag"]})
        assert (again.status_code, again.headers["content-security-policy"]) == (304, own)
        assert (await get("/app/drawing.svg")).headers["content-security-policy"] == own
        for path in ("/app/app.js", "/app/docs/a%20b.txt"):
            assert "content-security-policy" not in (await get(path)).headers


async def test_pages_of_other_folders_have_the_policy_that_they_bring(folder: Path) -> None:
    async with hosted(folder, BOT) as visitor:
        page = await visitor.browser.get("/app/")
        assert "content-security-policy" not in page.headers


@pytest.mark.parametrize(
    "path",
    [
        *("/app/.env", "/app/out", "/app/empty", "/app/empty/", "/app/nope.js", "/app/app.js/"),
        *("/app/%2e%2e/secret.txt", "/app/..%2fsecret.txt", "/app/..%5csecret.txt", "/apple"),
        *("/app/%00", "/app/sub/%2e%2e/%2e%2e/secret.txt", "/app/" + "a" * 300),
    ],
)
async def test_nothing_else_is_there(folder: Path, path: str) -> None:
    async with hosted(folder, BOT) as visitor:
        response = await visitor.browser.get(path)
        assert response.status_code == 404
        assert "hush" not in response.text


def test_a_folder_above_is_never_reached(folder: Path) -> None:
    for rest in ("/../secret.txt", "/sub/../../secret.txt", "//../secret.txt", "/..\\secret.txt"):
        assert find(folder / "web", rest) is None
