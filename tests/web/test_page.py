"""GET /, its policy, and the files of the element."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from chatkit_host import __version__
from chatkit_host.compiler import compile_app
from chatkit_host.config import Config, load
from chatkit_host.config.ui import Allow
from chatkit_host.web import ui_files
from chatkit_host.web.content_policy import content_policy
from chatkit_host.web.page import render
from chatkit_host.web.page_options import page_options
from tests.web.bots import app_of, settings
from tests.web.live import visit

SMALLEST = """agents: { helper: { instructions: Hi, model: rules } }
models: { rules: { provider: rules, rules: [{ say: Hi }] } }
"""


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a build leaves behind, in small."""
    (tmp_path / "assets").mkdir()
    files = {
        "src/index.ts": f"chatkit-{__version__}.js",
        "src/page/page.ts": "assets/page-1.js",
        "src/page/page.css": "assets/page-1.css",
    }
    for name in files.values():
        (tmp_path / name).write_text(f"/* {name} */" * 50)
    (tmp_path / "chatkit.js").write_text(f'import "./chatkit-{__version__}.js";')
    manifest = {source: {"file": name} for source, name in files.items()}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    monkeypatch.setattr(ui_files, "STATIC", tmp_path)
    return tmp_path


@pytest.fixture
def unbuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout without Node."""
    monkeypatch.setattr(ui_files, "STATIC", tmp_path / "static")


def config_of(text: str, folder: Path) -> Config:
    path = folder / "chatkit.yaml"
    path.write_text(SMALLEST + text)
    return load(path).config


@pytest.mark.usefixtures("built")
async def test_the_page_is_the_element_and_loads_nothing_from_elsewhere() -> None:
    async with visit(app_of()) as browser:
        page = await browser.get("/")
        loaded = re.findall(r'(?:src|href)="(/[^"]+)"', page.text)
        answers = [await browser.get(path) for path in loaded]
    assert "<openai-chatkit>" in page.text
    assert "chatkit_visitor" in page.headers["set-cookie"]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    assert "//" not in "".join(loaded)
    assert "style=" not in page.text


@pytest.mark.usefixtures("built")
async def test_the_policy_allows_no_inline_script_and_no_eval() -> None:
    async with visit(app_of()) as browser:
        policy = (await browser.get("/")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy


def test_what_the_file_allows_is_all_that_comes_from_elsewhere() -> None:
    policy = content_policy(Allow(img=("https://files.example.com",)))
    assert "img-src 'self' data: blob: https://files.example.com;" in policy
    assert policy.count("https://") == 1


@pytest.mark.usefixtures("built")
def test_options_cannot_end_the_element_they_stand_in() -> None:
    options = {"startScreen": {"greeting": "</script><script>alert(1)</script>"}}
    page = render("<b>Bot</b>", settings(options=options))
    assert "<script>alert" not in page
    assert "<b>Bot" not in page
    found = re.search(r'id="options">(.*?)</script>', page)
    assert found is not None
    told = json.loads(found[1])
    assert told["startScreen"] == options["startScreen"]
    assert told["api"] == {"url": "/chatkit", "domainKey": ""}


def test_options_are_those_of_chatkit_js(tmp_path: Path) -> None:
    text = """ui:
  theme: dark
  start_screen:
    prompts:
      - { label: Go, prompt: [{ type: input_tag, id: x, text: X, data: { a_b: 1 } }] }
  composer: { tools: [{ id: vet, label: Ask, icon: lifesaver, short_label: Vet }] }
  thread_item_actions: { feedback: true }
  disclaimer: Hm
  allow: { img: ["https://files.example.com"] }
"""
    prompt = [{"type": "input_tag", "id": "x", "text": "X", "data": {"a_b": 1}}]
    assert page_options(config_of(text, tmp_path)) == {
        "theme": {"colorScheme": "dark"},
        "startScreen": {"prompts": [{"label": "Go", "prompt": prompt}]},
        "composer": {
            "tools": [{"id": "vet", "label": "Ask", "icon": "lifesaver", "shortLabel": "Vet"}],
            "dictation": {"enabled": False},
        },
        "threadItemActions": {"feedback": True},
        "disclaimer": {"text": "Hm"},
    }


def test_dictation_is_there_when_something_hears(tmp_path: Path) -> None:
    options = page_options(config_of("transcription: openai/gpt-4o-transcribe\n", tmp_path))
    assert options["composer"]["dictation"] == {"enabled": True}


@pytest.mark.usefixtures("built")
async def test_files_come_zipped_and_need_not_come_twice() -> None:
    async with visit(app_of()) as browser:
        first = await browser.get(f"/chatkit-{__version__}.js")
        again = await browser.get(
            f"/chatkit-{__version__}.js", headers={"if-none-match": first.headers["etag"]}
        )
        plain = await browser.get("/assets/page-1.js", headers={"accept-encoding": "identity"})
        loader = await browser.get("/chatkit.js")
    assert first.headers["content-type"].startswith("text/javascript")
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["x-content-type-options"] == "nosniff"
    assert again.status_code == 304
    assert "content-encoding" not in plain.headers
    assert "immutable" in plain.headers["cache-control"]
    assert loader.text == f'import "./chatkit-{__version__}.js";'


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    "path", ["/assets/..%2Fmanifest.json", "/assets/%2e%2e/settings.py", "/assets/none.js"]
)
async def test_only_what_was_built_can_be_asked_for(path: str) -> None:
    async with visit(app_of()) as browser:
        assert (await browser.get(path)).status_code == 404


@pytest.mark.usefixtures("unbuilt")
async def test_without_a_build_the_page_says_what_is_missing_and_how_to_get_it() -> None:
    async with visit(app_of()) as browser:
        page = await browser.get("/")
        script = await browser.get("/chatkit.js")
        alive = await browser.get("/healthz")
    assert page.status_code == 200
    assert "Node 20" in page.text
    assert "make serve" in page.text
    assert "<script" not in page.text
    assert script.status_code == 404
    assert "make serve" in script.json()["error"]["message"]
    assert alive.status_code == 200


@pytest.mark.usefixtures("built")
async def test_a_page_of_an_allowed_origin_may_load_the_element() -> None:
    async with visit(app_of(allowed_origins=("https://shop.example",))) as browser:
        own = await browser.get("/chatkit.js", headers={"origin": "https://shop.example"})
        other = await browser.get("/chatkit.js", headers={"origin": "https://evil.example"})
    assert own.headers["access-control-allow-origin"] == "https://shop.example"
    assert other.status_code == 403


def test_the_root_s_own_bot_has_a_page(tmp_path: Path) -> None:
    loaded = load(Path(__file__).parents[2] / "chatkit.yaml")
    options: dict[str, Any] = page_options(compile_app(loaded).config)
    assert options["startScreen"]["prompts"]
