"""A client tool and questions in the terminal, with a real server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatkit_host.cli.talk.waiting import waits_for
from chatkit_host.compiler import compile_app
from chatkit_host.web import create_app, web_settings
from tests.cli.talk.test_session import served, talk
from tests.examples.visitor import load_in_memory

BOT = """
models:
  default:
    provider: rules
    rules:
      - { match: look, call: look, say: "It is {{ result | tojson }}." }
      - { match: book, call: book, say: "{{ answers | tojson }}" }
      - say: "You said: {{ text }}"
agents: { helper: { instructions: Help., tools: [look, book] } }
tools:
  look: { description: Look., parameters: { at: { type: string, optional: true } }, client: {} }
  book:
    description: Book.
    steps:
      - structured_input:
          day: { question: Which day?, options: [Mon, Tue] }
          with: { question: With what?, options: [a, b, c], multiple: true }
          note: Anything else?
storage: "memory:"
"""


@pytest.fixture(autouse=True)
def _own_jar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATKIT_COOKIES", str(tmp_path / "jar"))


def talk_to_bot(folder: Path, *lines: str) -> tuple[int, list[str]]:
    """Say the lines to the bot; gives the exit status and the lines that were shown."""
    (folder / "chatkit.yaml").write_text(BOT)
    loaded = load_in_memory(folder / "chatkit.yaml")
    app = create_app(compile_app(loaded), web_settings(loaded.config, b"k" * 32))
    with served(app) as url:
        status, shown = talk(url, *lines)
    return status, shown.splitlines()


@pytest.mark.parametrize(
    ("typed", "said"),
    [('{"plant": "fern"}', {"plant": "fern"}), ("a fern", "a fern"), ("", None), ("7", 7)],
)
def test_the_next_line_is_what_the_page_would_give(
    tmp_path: Path, typed: str, said: object
) -> None:
    status, shown = talk_to_bot(tmp_path, "look", typed, "bye")
    assert status == 0
    assert shown[0] == "[asks the page for look {}]"
    assert shown[1].startswith("(no page here: type what look gives")
    assert json.loads(shown[2].removeprefix("It is ").removesuffix(".")) == said
    assert shown[3:] == ["You said: bye"]


def test_a_call_can_be_left_unanswered(tmp_path: Path) -> None:
    _, shown = talk_to_bot(tmp_path, "look", "/skip", "bye")
    assert shown[-1] == "You said: bye"


def test_questions_are_asked_one_after_the_other(tmp_path: Path) -> None:
    _, shown = talk_to_bot(tmp_path, "book", "2", "1, c, other", "")
    assert shown[:3] == ["? Which day? (Mon / Tue)", "? With what? (a / b / c)", "? Anything else?"]
    assert shown[3] == "(Which day? 1 Mon, 2 Tue; an empty line skips it, /skip all)"
    assert shown[4].startswith("(With what? 1 a, 2 b, 3 c; several, with commas;")
    assert shown[6:9] == [
        "? Which day? Tue",
        "? With what? a, c, other",
        "? Anything else? (skipped)",
    ]
    assert json.loads(shown[9]) == {"day": "Tue", "with": ["a", "c", "other"], "note": None}


def test_all_questions_can_be_skipped(tmp_path: Path) -> None:
    _, shown = talk_to_bot(tmp_path, "book", "Mon", "/skip")
    assert json.loads(shown[-1]) == {"day": None, "with": [], "note": None}


def test_questions_of_an_opened_thread_can_still_be_answered(tmp_path: Path) -> None:
    _, shown = talk_to_bot(tmp_path, "book", "/new", "/threads", "/open 1", "Mon", "", "So")
    assert json.loads(shown[-1]) == {"day": "Mon", "with": [], "note": "So"}


def test_nothing_can_be_skipped_where_nothing_waits(tmp_path: Path) -> None:
    assert talk_to_bot(tmp_path, "/skip") == (1, ["! Nothing waits for an answer."])


def test_what_is_settled_waits_for_nothing() -> None:
    assert waits_for({"type": "client_tool_call", "status": "completed"}) is None
    assert waits_for({"type": "assistant_message"}) is None
