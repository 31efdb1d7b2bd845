"""From the `storage:` line of a config to a store."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from chatkit_host.errors import ConfigError
from chatkit_host.store.contract import Store
from chatkit_host.store.memory import MemoryStore
from chatkit_host.store.owner import OwnerOf, owner_of

if TYPE_CHECKING:
    from chatkit_host.store.sql.store import SqlStore

Migrate = Literal["auto", "always", "never"]

_CHOICES = "memory:, sqlite:///path/to/file.db, or postgresql://user:password@host/database"
_PASSWORD = re.compile(r"(://[^:/?@]*):.*@")
_PASSWORD_PARAMETER = re.compile(r"(?i)([?&][^=&]*password[^=&]*=)[^&]*")


def open_store(
    url: str,
    *,
    base_dir: Path,
    migrate: Migrate = "auto",
    pool_size: int = 8,
    owner_of: OwnerOf = owner_of,
) -> Store[Any]:
    """The store that a URL names. Nothing is opened until it is used, or `start` is awaited.

    Args:
        url: `memory:`, `sqlite:///relative`, `sqlite:////absolute` or `postgresql://…`.
        base_dir: where relative paths begin; missing folders are made, for their owner alone.
        migrate: `auto` brings a SQLite database up to date and only checks a PostgreSQL one;
            `always` brings either up to date; `never` only checks.
        pool_size: connections to PostgreSQL, and threads for them; SQLite has one.
        owner_of: whose data a context opens.

    Raises:
        ConfigError: the URL names nothing that can be opened.
    """
    if url in ("memory:", "memory://"):
        return MemoryStore(owner_of=owner_of)
    return open_sql_store(
        url, base_dir=base_dir, migrate=migrate, pool_size=pool_size, owner_of=owner_of
    )


def open_sql_store(
    url: str,
    *,
    base_dir: Path,
    migrate: Migrate = "auto",
    pool_size: int = 8,
    owner_of: OwnerOf = owner_of,
) -> SqlStore:
    """`open_store` for a URL that must name a database."""
    resolved = resolve(url, base_dir)
    from chatkit_host.store.sql.store import SqlStore

    return SqlStore(resolved, migrate=migrate, pool_size=pool_size, owner_of=owner_of)


def resolve(url: str, base_dir: Path) -> str:
    """The URL as SQLAlchemy takes it: paths absolute, the driver named."""
    scheme, colon, rest = url.partition(":")
    if colon and scheme == "sqlite":
        return _sqlite(url, rest, base_dir)
    if colon and scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        _want_psycopg()
        return f"postgresql+psycopg:{rest}"
    raise ConfigError(f"storage: {masked(url)!r} names no store that is known; use {_CHOICES}.")


def masked(url: str) -> str:
    """The URL without its password."""
    return _PASSWORD_PARAMETER.sub(r"\1***", _PASSWORD.sub(r"\1:***@", url))


def _sqlite(url: str, rest: str, base_dir: Path) -> str:
    path, question, query = rest.removeprefix("//").removeprefix("/").partition("?")
    if path in ("", ":memory:"):
        return "sqlite://"
    if not rest.startswith("///"):
        raise ConfigError(
            f"storage: {url!r} lacks a slash: sqlite:///path is relative, sqlite:////path absolute."
        )
    file = base_dir.absolute() / path
    _make_private(file)
    return f"sqlite:///{file}{question}{query}"


def _make_private(file: Path) -> None:
    """Make the file and its folder, if missing, so that no other user may read them.

    SQLite gives the files it puts beside it the mode that this one has.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise ConfigError(
            f"storage: {str(file)!r} cannot be opened: {error.strerror or error}."
        ) from error


def _want_psycopg() -> None:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise ConfigError(
            "storage: PostgreSQL needs a driver that is not installed: "
            "pip install 'chatkit-host[postgres]'"
        ) from error
