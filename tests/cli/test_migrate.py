"""`chatkit-host migrate`."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatkit_host.cli.entry import main
from chatkit_host.store.sql.schema import HEAD
from tests.store.postgres import empty_schema

BOT = """\
version: 1
name: Bot
models: { faq: { provider: rules, rules: [{ say: Hello. }] } }
agents: { bot: { model: faq, instructions: Be kind. } }
"""


@pytest.fixture(autouse=True)
def bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot in the current folder, and nothing in the environment that is for it."""
    (tmp_path / "chatkit.yaml").write_text(BOT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHATKIT_STORAGE", "sqlite:///chatkit.db")


def test_tables_are_made_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert f"has version {HEAD} (was empty)" in capsys.readouterr().out
    assert main(["migrate"]) == 0
    assert f"has version {HEAD} (is up to date)" in capsys.readouterr().out


def test_postgresql_is_migrated_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with empty_schema() as url:
        monkeypatch.setenv("CHATKIT_STORAGE", url)
        assert main(["migrate"]) == 0
    assert "(was empty)" in capsys.readouterr().out


def test_memory_has_nothing_to_migrate(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHATKIT_STORAGE", "memory:")
    assert main(["migrate"]) == 0
    assert "no tables" in capsys.readouterr().out


def test_a_database_that_is_away_is_the_users_mistake_and_keeps_its_password(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHATKIT_STORAGE", "postgresql://me:s3cret@127.0.0.1:1/chat")
    assert main(["migrate"]) == 1
    printed = capsys.readouterr()
    assert "127.0.0.1:1/chat cannot be reached" in printed.err
    assert "s3cret" not in printed.out + printed.err
