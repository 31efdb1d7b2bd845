"""`chatkit-host widgets`, as a process of its own."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from tests.cli.processes import run

BOT = """\
agents: { a: { instructions: Hi, model: openai/x } }
widgets:
  weather: weather.widget
  hello:
    data: { name: string, mood: { type: string, optional: true } }
    template: { type: Card, children: [{ type: Text, value: "Hello, {{ name }}" }] }
"""
STATE = base64.urlsafe_b64encode(json.dumps({"defaultState": {"city": "Oslo"}}).encode())
EXPORT = {
    "version": "1.0",
    "name": "weather",
    "template": '{"type": "Card", "children": [{"type": "Text", "value": {{ city | tojson }}}]}',
    "jsonSchema": {"properties": {"city": {"type": "string"}}, "required": ["city"]},
    "encodedWidget": STATE.decode().rstrip("="),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "chatkit.yaml").write_text(BOT)
    (tmp_path / "weather.widget").write_text(json.dumps(EXPORT))
    return tmp_path


def test_it_tells_what_there_is(folder: Path) -> None:
    assert run("widgets", cwd=folder).stdout == "weather\nhello: name, mood (optional)\n"


def test_it_renders_a_widget_with_data(folder: Path) -> None:
    told = run("widgets", "hello", "--data", '{"name": "Ann"}', cwd=folder)
    assert json.loads(told.stdout)["children"][0]["value"] == "Hello, Ann"


def test_data_may_lie_in_a_file(folder: Path) -> None:
    (folder / "ann.json").write_text('{"name": "Ann"}')
    told = run("widgets", "hello", "--data", "ann.json", cwd=folder)
    assert json.loads(told.stdout)["children"][0]["value"] == "Hello, Ann"


def test_an_export_is_rendered_with_its_own_sample(folder: Path) -> None:
    told = run("widgets", "weather", cwd=folder)
    assert json.loads(told.stdout)["children"][0]["value"] == "Oslo"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["helo"], "has no widget 'helo'; did you mean 'hello'?"),
        (["hello"], "widget hello: data: 'name' is a required property"),
        (["hello", "--data", "[1]"], "--data: "),
        (["hello", "--data", "{x"], "--data: "),
    ],
)
def test_mistakes_are_told(folder: Path, words: list[str], said: str) -> None:
    told = run("widgets", *words, cwd=folder)
    assert told.returncode == 1
    assert said in told.stderr
