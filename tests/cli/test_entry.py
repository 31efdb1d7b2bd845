"""The command line's frame: help, versions, exit statuses."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from chatkit_host.cli.entry import COMMANDS, main
from chatkit_host.cli.failing import ends_well
from chatkit_host.errors import ConfigError
from tests.cli.processes import run


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"chatkit-host {version('chatkit-host')}\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert all(f"\n    {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert "example" in shown
    assert f"chatkit-host {name}" in shown


@pytest.mark.parametrize("words", [[], ["nonsense"], ["serve", "--nonsense"], ["new"]])
def test_bad_usage_is_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_help_imports_nothing_slow() -> None:
    code = (
        "import sys\n"
        "from chatkit_host.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "slow = {'agents', 'openai', 'litestar', 'uvicorn', 'sqlalchemy', 'pydantic_settings'}\n"
        "print(slow & set(sys.modules), file=sys.stderr)"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert child.stderr == "set()\n"


def test_a_users_mistake_is_1_and_one_message(capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> int:
        raise ConfigError("That cannot be.")

    assert ends_well(command, debug=False) == 1
    assert capsys.readouterr().err == "That cannot be.\n"


def broken() -> int:
    raise RuntimeError("ours")


def test_our_own_fault_is_3_and_its_traceback_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert ends_well(broken, debug=False) == 3
    (log,) = (tmp_path / "chatkit-host").iterdir()
    shown = capsys.readouterr().err
    assert "Traceback" not in shown
    assert log.stem in shown
    assert str(log) in shown
    assert "RuntimeError: ours" in log.read_text()


def test_where_nothing_can_be_kept_the_traceback_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert ends_well(broken, debug=False) == 3
    assert "RuntimeError: ours" in capsys.readouterr().err


def test_debug_shows_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_well(broken, debug=True) == 3
    assert "RuntimeError: ours" in capsys.readouterr().err


def test_an_interrupt_is_no_bug(capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> int:
        raise KeyboardInterrupt

    assert ends_well(command, debug=False) == 1
    assert capsys.readouterr().err == ""


def test_it_runs_as_a_module(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).stdout.startswith("chatkit-host ")
