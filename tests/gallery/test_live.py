"""The widgets of a file, as its files are now."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any

import pytest

from chatkit_host.checks import check_file
from chatkit_host.errors import NotFoundError
from chatkit_host.gallery import LiveWidgets

BOT = """\
name: Fern & Co
agents: { a: { instructions: Hi, model: openai/x } }
widgets:
  hello:
    data: { name: string, mood: { type: string, optional: true } }
    sample: { name: Ann }
    template:
      type: Card
      children:
        - { type: Text, value: "Hello, {{ name }}" }
        - { type: Button, label: Go, onClickAction: { type: go } }
  weather: widgets/weather.widget
  bare: { data: { pots: integer }, template: { type: Basic, children: [] } }
actions: { go: { steps: [message: Gone.] } }
"""


def export(word: str, state: dict[str, Any]) -> str:
    encoded = base64.urlsafe_b64encode(json.dumps({"defaultState": state}).encode())
    text = '{"type": "Card", "children": [{"type": "Text", "value": {{ WORD | tojson }}}]}'
    return json.dumps(
        {
            "version": "1.0",
            "name": "weather",
            "template": text.replace("WORD", word),
            "jsonSchema": {"properties": {word: {"type": "string"}}, "required": [word]},
            "encodedWidget": encoded.decode().rstrip("="),
        }
    )


class Folder:
    """A bot's files, which can be written anew."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "widgets").mkdir()
        self.write("widgets/weather.widget", export("city", {"city": "Oslo"}))
        self.write("chatkit.yaml", BOT)
        self.live = LiveWidgets(check_file(path / "chatkit.yaml", {}), {})

    def write(self, name: str, text: str) -> None:
        file = self.path / name
        before = file.stat().st_mtime_ns if file.exists() else 0
        file.write_text(text, encoding="utf-8")
        # Two writes may fall into one tick of the file system's clock.
        os.utime(file, ns=(before + 10**9, before + 10**9))

    def text(self, name: str, data: dict[str, Any]) -> str:
        return str(self.live.render(name, data)["widget"]["children"][0]["value"])


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_each_widget_comes_with_data_to_begin_with(folder: Folder) -> None:
    widgets = folder.live.look().widgets
    assert [(name, each.sample) for name, each in widgets.items()] == [
        ("hello", {"name": "Ann"}),
        ("weather", {"city": "Oslo"}),
        ("bare", {"pots": 7}),
    ]
    assert widgets["weather"].source == "widgets/weather.widget"
    assert folder.live.look().actions == ("go",)


def test_a_widget_is_rendered_with_data(folder: Folder) -> None:
    assert folder.text("hello", {"name": "Bob"}) == "Hello, Bob"
    assert folder.text("weather", {"city": "Rome"}) == "Rome"


def test_every_problem_of_data_has_its_place(folder: Folder) -> None:
    told = folder.live.render("hello", {"name": 5, "mod": "x"})["problems"]
    assert [each["path"] for each in told] == [["name"], []]
    assert "'mod' was unexpected" in told[1]["message"]
    [of_export] = folder.live.render("weather", {"city": 5})["problems"]
    assert of_export["path"] == ["city"]


def test_an_unknown_widget_is_not_found(folder: Folder) -> None:
    with pytest.raises(NotFoundError):
        folder.live.render("nobody", {})


def test_nothing_is_read_again_that_has_not_changed(folder: Folder) -> None:
    assert folder.live.look() is folder.live.look()


def test_a_change_is_seen(folder: Folder) -> None:
    folder.live.look()
    folder.write("chatkit.yaml", BOT.replace("Hello,", "Hi,"))
    assert folder.text("hello", {"name": "Bob"}) == "Hi, Bob"
    folder.write("widgets/weather.widget", export("town", {"town": "Bergen"}))
    assert folder.live.look().widgets["weather"].sample == {"town": "Bergen"}


def test_a_widget_can_come_and_go(folder: Folder) -> None:
    folder.live.look()
    folder.write("chatkit.yaml", BOT.replace("  bare:", "  plain:"))
    assert list(folder.live.look().widgets) == ["hello", "weather", "plain"]


def test_what_is_broken_stays_as_it_was(folder: Folder) -> None:
    folder.live.look()
    folder.write("widgets/weather.widget", "{")
    shown = folder.live.look()
    assert [each.is_old for each in shown.widgets.values()] == [False, True, False]
    assert folder.text("weather", {"city": "Rome"}) == "Rome"
    [problem] = shown.as_json()["problems"]
    assert problem["widget"] == "weather"
    assert "weather.widget:1:2" in problem["line"]


def test_a_file_that_is_no_yaml_breaks_nothing(folder: Folder) -> None:
    folder.live.look()
    folder.write("chatkit.yaml", "name: [")
    shown = folder.live.look()
    assert all(each.is_old for each in shown.widgets.values())
    assert shown.problems
    folder.write("chatkit.yaml", BOT)
    assert not any(each.is_old for each in folder.live.look().widgets.values())
    assert folder.live.look().problems == ()


def test_a_widget_that_cannot_be_read_by_the_language_stays_too(folder: Folder) -> None:
    folder.live.look()
    folder.write("chatkit.yaml", BOT.replace("template: { type: Basic", "tmplate: { type: Basic"))
    shown = folder.live.look()
    assert shown.widgets["bare"].is_old
    assert not shown.widgets["hello"].is_old


def test_what_is_odd_is_told_beside_the_widget(folder: Folder) -> None:
    folder.write("chatkit.yaml", BOT.replace("label: Go,", "label: Go, fancy: red,"))
    [note] = folder.live.render("hello", {"name": "Bob"})["notes"]
    assert note["path"] == ["children", 1, "fancy"]
