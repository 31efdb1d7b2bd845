"""Widgets: a file that was made for other names is adapted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatkit_host.compiler.widgets import Widgets
from chatkit_host.config import load
from chatkit_host.widgets import WidgetError

EXPORT = {
    "version": "1.0",
    "name": "weather",
    "template": '{"type": "Card", "children": [{"type": "Text", "value": {{ city | tojson }}}]}',
    "jsonSchema": {"properties": {"city": {"type": "string"}}, "required": ["city"]},
}
BOT = """
agents: { a: { instructions: Hi, model: openai/x } }
widgets:
  w:
    file: weather.widget
    data: { town: string }
    with: { city: %s }
"""


def widgets(folder: Path, city: str) -> Widgets:
    (folder / "weather.widget").write_text(json.dumps(EXPORT))
    (folder / "chatkit.yaml").write_text(BOT % city)
    loaded = load(folder / "chatkit.yaml", {})
    return Widgets(loaded.config, loaded.base_dir)


def test_the_file_gets_what_with_makes_of_the_data(tmp_path: Path) -> None:
    root = widgets(tmp_path, '"{{ town | upper }}"').build("w", {"town": "Oslo"})
    tree = root.model_dump(exclude_none=True)
    assert tree["children"][0]["value"] == "OSLO"


def test_what_it_gets_is_held_against_the_exports_own_schema(tmp_path: Path) -> None:
    with pytest.raises(WidgetError, match=r"data\.city: 3 is not of type 'string'"):
        widgets(tmp_path, '"{{ 3 }}"').build("w", {"town": "Oslo"})
