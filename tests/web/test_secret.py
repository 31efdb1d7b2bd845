"""The key that signs."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from chatkit_host.config.storage import Storage
from chatkit_host.errors import ConfigError
from chatkit_host.web.secret import kept_key, signing_key


def storage(url: str) -> Storage:
    return Storage.model_validate({"url": url})


def test_a_key_is_made_once_beside_the_database_for_its_owner_only(tmp_path: Path) -> None:
    first = signing_key(None, storage("sqlite:///data/bot.db"), tmp_path)
    path = tmp_path / "data" / "secret.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert signing_key(None, storage("sqlite:///data/bot.db"), tmp_path) == first
    assert [entry.name for entry in path.parent.iterdir()] == ["secret.key"]


def test_where_the_database_is_elsewhere_it_lies_in_the_bots_folder(tmp_path: Path) -> None:
    signing_key(None, storage("postgresql://db.example/bot"), tmp_path)
    assert (tmp_path / ".chatkit" / "secret.key").exists()


def test_what_keeps_nothing_needs_no_file(tmp_path: Path) -> None:
    first = signing_key(None, storage("memory:"), tmp_path)
    assert first != signing_key(None, storage("memory:"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_given_key_comes_first(tmp_path: Path) -> None:
    given = "g" * 32
    assert signing_key(given, storage("sqlite:///bot.db"), tmp_path) == given.encode()
    assert list(tmp_path.iterdir()) == []


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="CHATKIT_SECRET_KEY is too short"):
        signing_key("short", storage("memory:"), tmp_path)


def test_two_first_starts_get_the_same_key(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secret.key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: kept_key(path), range(32)))
    assert len(keys) == 1


def test_a_key_that_others_can_read_is_warned_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "secret.key"
    kept_key(path)
    path.chmod(0o644)
    kept_key(path)
    assert "chmod 600" in caplog.text
