"""Flag, then environment, then .env."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatkit_host.cli.settings import read_settings
from chatkit_host.errors import ConfigError


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("PORT", "HOST", "CONFIG", "STORAGE", "SECRET_KEY", "WORKERS"):
        monkeypatch.delenv(f"CHATKIT_{name}", raising=False)


def test_nothing_said_is_nothing_set() -> None:
    settings = read_settings(port=None)
    assert (settings.port, settings.host, settings.storage) == (None, None, None)
    assert settings.config == Path("chatkit.yaml")


def test_a_flag_comes_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("CHATKIT_PORT=1\nCHATKIT_HOST=from-file\n")
    assert read_settings().port == 1
    monkeypatch.setenv("CHATKIT_PORT", "2")
    assert read_settings().port == 2
    assert read_settings(port=3).port == 3
    assert read_settings().host == "from-file"


def test_an_empty_variable_is_none() -> None:
    assert read_settings().port is None


def test_the_file_also_fills_in_the_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("WEATHER_KEY=from-file\nBOTH=from-file\n")
    monkeypatch.setenv("BOTH", "from-environment")
    environ = read_settings().environ
    assert environ["WEATHER_KEY"] == "from-file"
    assert environ["BOTH"] == "from-environment"


def test_what_is_wrong_is_named_and_its_value_is_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHATKIT_PORT", "hunter2")
    monkeypatch.setenv("CHATKIT_WORKERS", "0")
    with pytest.raises(ConfigError) as wrong:
        read_settings()
    assert "CHATKIT_PORT: " in str(wrong.value)
    assert "CHATKIT_WORKERS: " in str(wrong.value)
    assert "hunter2" not in str(wrong.value)


def test_secrets_are_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATKIT_SECRET_KEY", "hunter2")
    monkeypatch.setenv("CHATKIT_STORAGE", "postgresql://u:hunter2@h/d")
    assert "hunter2" not in repr(read_settings())
