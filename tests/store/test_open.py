"""From a URL to a store, or to a sentence that says what is wrong with it."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from chatkit_host.errors import ConfigError
from chatkit_host.store import MemoryStore, SqlStore, open_store
from chatkit_host.store.open import masked, open_sql_store, resolve
from tests.store.samples import ME, thread


def test_memory_is_in_this_process(tmp_path: Path) -> None:
    assert isinstance(open_store("memory:", base_dir=tmp_path), MemoryStore)


async def test_a_relative_path_begins_at_the_base(tmp_path: Path) -> None:
    store = open_store("sqlite:///.chatkit/deep/chatkit.db", base_dir=tmp_path)
    assert isinstance(store, SqlStore)
    async with store:
        await store.save_thread(thread(), ME)
    assert (tmp_path / ".chatkit/deep/chatkit.db").stat().st_size > 0


async def test_what_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    async with open_store("sqlite:///made/chatkit.db", base_dir=tmp_path) as store:
        await store.save_thread(thread(), ME)
        modes = {
            path.name: stat.S_IMODE(path.stat().st_mode)
            for path in [tmp_path / "made", *(tmp_path / "made").iterdir()]
        }
    assert modes == {
        "made": 0o700,
        "chatkit.db": 0o600,
        "chatkit.db-wal": 0o600,
        "chatkit.db-shm": 0o600,
    }


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
async def test_sqlite_can_be_in_memory(url: str, tmp_path: Path) -> None:
    # A folder that is not there would be made for a file.
    async with open_store(url, base_dir=tmp_path / "none") as store:
        await store.save_thread(thread(), ME)
        assert await store.load_thread("thr_1", ME) == thread()
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("url", "resolved"),
    [
        ("sqlite:////abs/a.db", "sqlite:////abs/a.db"),
        ("postgresql://me@db/chat", "postgresql+psycopg://me@db/chat"),
        (
            "postgres://me@db/chat?sslmode=require",
            "postgresql+psycopg://me@db/chat?sslmode=require",
        ),
        ("postgresql+psycopg://me@db/chat", "postgresql+psycopg://me@db/chat"),
    ],
)
def test_urls_are_made_such_as_sqlalchemy_takes_them(
    url: str, resolved: str, tmp_path: Path
) -> None:
    url = url.replace("/abs", str(tmp_path))
    assert resolve(url, Path("/elsewhere")) == resolved.replace("/abs", str(tmp_path))


@pytest.mark.parametrize(
    "url",
    ["", "chatkit.db", "mysql://me:pw@db/chat", "postgresql+asyncpg://me:pw@db/chat", "redis:"],
)
def test_other_places_are_refused_with_those_that_are_known(url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="memory:, sqlite:///path") as caught:
        open_store(url, base_dir=tmp_path)
    assert "pw" not in str(caught.value)


def test_a_missing_slash_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="lacks a slash"):
        open_store("sqlite://chatkit.db", base_dir=tmp_path)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=r"file/chatkit\.db"):
        open_store("sqlite:///file/chatkit.db", base_dir=tmp_path)


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("This is not a database, but a letter to a friend." * 100)
    store = open_store("sqlite:///a.db", base_dir=tmp_path)
    with pytest.raises(ConfigError, match=r"a\.db.*not a database"):
        await store.start()
    await store.close()


def test_a_missing_driver_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError, match=r"pip install 'chatkit-host\[postgres\]'"):
        open_store("postgresql://db/chat", base_dir=tmp_path)


async def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    store = open_sql_store("postgresql://me:s3cret@127.0.0.1:1/chat", base_dir=tmp_path)
    with pytest.raises(ConfigError, match=r"postgresql://me:\*\*\*@127\.0\.0\.1:1/chat") as caught:
        await store.start()
    assert "s3cret" not in str(caught.value)
    await store.close()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:s3cret@db/chat",
        "postgresql://me:s3cret@s3cret/s3cret@db/chat",
        "postgresql://:s3cret@db/chat",
        "postgresql://db/chat?user=me&password=s3cret",
        "postgresql://db/chat?sslpassword=s3cret&sslmode=require",
    ],
)
def test_passwords_are_masked(url: str) -> None:
    assert "s3cret" not in masked(url)
    assert masked(url).startswith("postgresql://")


def test_sqlalchemy_waits_until_it_is_needed() -> None:
    code = (
        "import sys; from chatkit_host import store; from pathlib import Path\n"
        "store.open_store('memory:', base_dir=Path())\n"
        "assert not {'sqlalchemy', 'sqlmodel', 'alembic', 'psycopg'} & set(sys.modules)\n"
        "store.SqlStore; assert 'sqlalchemy' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_other_names_are_unknown() -> None:
    from chatkit_host import store

    with pytest.raises(AttributeError, match="NoStore"):
        store.NoStore  # noqa: B018
