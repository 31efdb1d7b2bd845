"""A corpus of files whose parts do not fit together: each is told its place and its cure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.checks.checking import AGENT, lines_of

CORPUS = Path(__file__).parent / "broken.txt"


ROW = """{"type":"ListViewItem","onClickAction":{% if plant.id %}{{ (none) | tojson }}{% else %}
{"type":"maybe"}{% endif %},"key":{{ plant.name }},"value":{{ {"own": 1}.own }}}"""
MAYBE = {
    "version": "1.0",
    "name": "x",
    "template": '{"type":"ListView","children":[{% for plant in plants %}ROW{% endfor %}]}'.replace(
        "ROW", ROW
    ),
    "jsonSchema": {"properties": {"plants": {"items": {"properties": {"id": {}}}}}},
}


def corpus() -> list[tuple[str, list[str]]]:
    """The cases: a file's text (AGENT stands for a whole agent), and its problems, if any."""
    cases = CORPUS.read_text(encoding="utf-8").removesuffix("\n").split("\n----\n")
    return [_case(case) for case in cases]


def _case(case: str) -> tuple[str, list[str]]:
    text, *problems = case.split("\n>>> ")
    return f"{text}\n".replace("AGENT\n", AGENT), problems


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bad.widget").write_text('{"version": "1.0",\n "template": }')
    (tmp_path / "bad.json.j2").write_text(
        '{"type": "Card",\n "x": "{{ b }}",\n "onClickAction": {"type": "nobody"}}'
    )
    tree = {
        "type": "Card",
        "children": [{"type": "Button", "onClickAction": {"type": "send"}}],
    }
    export = {"version": "1.0", "name": "x", "template": json.dumps(tree), "jsonSchema": {}}
    (tmp_path / "good.widget").write_text(json.dumps(export))
    taking = {"properties": {"city": {"type": "string"}, "sky": {}}, "required": ["city", "sky"]}
    (tmp_path / "with.widget").write_text(
        json.dumps(export | {"template": "{}", "jsonSchema": taking})
    )
    (tmp_path / "maybe.widget").write_text(json.dumps(MAYBE))
    return tmp_path


@pytest.mark.parametrize(("text", "lines"), corpus(), ids=range(len(corpus())))
def test_problem(folder: Path, text: str, lines: list[str]) -> None:
    assert lines_of(folder, text) == lines
