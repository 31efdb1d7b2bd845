"""A new bot runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatkit_host.checks import check
from chatkit_host.cli.entry import main
from chatkit_host.config import load
from tests.cli.processes import run, serve_command, serving


def test_a_new_bot_has_nothing_wrong_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "my bot"
    assert main(["new", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert f"cd '{folder}'" in shown
    assert "chatkit-host serve" in shown
    assert check(load(folder / "chatkit.yaml", environ={})) == []
    assert {path.name for path in folder.iterdir()} == {
        *("chatkit.yaml", "README.md", ".gitignore", "widgets")
    }
    assert ".env" in (folder / ".gitignore").read_text()


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path)]) == 0


def test_a_folder_with_something_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").touch()
    assert main(["new", str(tmp_path)]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_file_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert main(["new", str(tmp_path / "file")]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_a_new_bot_talks_shows_its_widget_and_reacts_to_a_click(tmp_path: Path) -> None:
    folder = tmp_path / "bot"
    assert main(["new", str(folder)]) == 0
    lines = "hello\nadd apples\nwe need pears\nshow the list\n/click 1\nshow the list\n"
    with serving(serve_command(), folder) as (url, child):
        chat = run("chat", "--url", f"{url}/chatkit", cwd=tmp_path, stdin=lines)
        child.terminate()
        assert child.wait(timeout=20) == 0
    assert chat.returncode == 0, chat.stdout + chat.stderr
    shown = chat.stdout
    assert 'Hello! Try "add apples"' in shown
    assert "Noted: apples." in shown
    assert "/click 1  apples (list.got)" in shown
    assert "apples: got it." in shown
    assert shown.rindex("| pears") > shown.index("apples: got it.")
