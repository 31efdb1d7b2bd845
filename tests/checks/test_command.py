"""`chatkit-host check` and `schema`: what they print, how they end, and how quickly."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from chatkit_host.cli.entry import main
from tests.checks.checking import AGENT

ROOT = Path(__file__).parents[2]
WHOLE = ROOT / "chatkit.yaml"


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "chatkit.yaml"
    path.write_text(AGENT + "nam: x\nserver: { prot: 1 }\n", encoding="utf-8")
    return path


def test_a_right_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(WHOLE)]) == 0
    assert "no problems (" in capsys.readouterr().out


def test_all_problems_and_their_count(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 1
    out = capsys.readouterr().out
    assert "chatkit.yaml:2:1: nam: unknown key 'nam'; did you mean 'name'? [CK101]" in out
    assert "chatkit.yaml:3:11: server.prot: unknown key 'prot'" in out
    assert out.endswith("\n2 problems\n")


def test_problems_for_machines(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json"]) == 1
    problems = json.loads(capsys.readouterr().out)
    assert [(each["code"], each["line"]) for each in problems] == [("CK101", 2), ("CK101", 3)]


def test_the_environment_file_counts_as_it_does_for_serve(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken.write_text(AGENT + 'name: "${BOT_NAME_OF_DOTENV}"\n', encoding="utf-8")
    assert main(["check"]) == 1
    (broken.parent / ".env").write_text("BOT_NAME_OF_DOTENV=Ada\n")
    assert main(["check"]) == 0


def test_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "nope.yaml")]) == 1
    assert "[CK001]" in capsys.readouterr().out


def test_schema_is_written_printed_and_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["schema", "--check"]) == 1
    assert main(["schema"]) == 0
    assert main(["schema", "--check"]) == 0
    capsys.readouterr()
    assert main(["schema", "--output", "-"]) == 0
    written = (tmp_path / "schemas" / "chatkit.schema.json").read_text(encoding="utf-8")
    assert capsys.readouterr().out == written


def test_a_warning_is_told_and_keeps_nothing_from_starting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = '{"type":"Card","children":[{"type":"Text","value":{{ cat.name }}}]}'
    schema = {"properties": {"cat": {"type": "object"}}}
    export = {"version": "1.0", "name": "x", "template": template, "jsonSchema": schema}
    (tmp_path / "x.widget").write_text(json.dumps(export))
    file = tmp_path / "f.yaml"
    file.write_text(AGENT + "widgets: { x: x.widget }\n")
    assert main(["check", str(file)]) == 0
    told = capsys.readouterr().out
    assert "widgets.x: warning: 'x.widget' reads 'name'" in told
    assert "no problems (1 agent, 1 widget)" in told
    assert main(["check", "--format", "json", str(file)]) == 0
    [warning] = json.loads(capsys.readouterr().out)
    assert warning["severity"] == "warning"


SLOW = ("agents", "openai", "sqlalchemy", "sqlmodel", "litestar", "uvicorn", "pydantic_settings")
PROGRAM = f"""
import sys
from chatkit_host.cli.entry import main
status = main({["check", str(WHOLE)]!r})
loaded = [name for name in {SLOW!r} if name in sys.modules]
sys.exit(str(loaded) if loaded else status)
"""


def test_nothing_slow_is_imported() -> None:
    """The promise is half a second; what would break it is an import, and no clock is needed."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
