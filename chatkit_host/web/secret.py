"""The key that signs cookies: given by the environment, or made once and kept."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from chatkit_host.config.storage import Storage
from chatkit_host.errors import ConfigError
from chatkit_host.logger import logger

FILE_NAME = "secret.key"
LEAST = 32
"""Characters of a key: 32 hexadecimal digits are 128 bits."""


def signing_key(given: str | None, storage: Storage, base_dir: Path) -> bytes:
    """The key to sign with.

    Args:
        given: CHATKIT_SECRET_KEY, if it is set.
        storage: where threads are kept; the key lies beside them, and lives as long as they.
        base_dir: where relative paths begin.

    Raises:
        ConfigError: the key that was given or found is too short.
    """
    if given:
        return checked(given.encode(), "CHATKIT_SECRET_KEY")
    if storage.scheme == "memory":
        return secrets.token_bytes(LEAST)
    return kept_key(key_folder(storage, base_dir) / FILE_NAME)


def key_folder(storage: Storage, base_dir: Path) -> Path:
    """The database's own folder; `.chatkit` where the database is elsewhere."""
    path = storage.url.get_secret_value().removeprefix("sqlite:///")
    inside = storage.scheme == "sqlite" and path not in ("", ":memory:")
    return base_dir / Path(path).parent if inside else base_dir / ".chatkit"


def kept_key(path: Path) -> bytes:
    """The key in this file, which is made if it is not there."""
    if not path.exists():
        _make(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        logger.warning("%s can be read by others; run: chmod 600 %s", path, path)
    return checked(path.read_bytes().strip(), str(path))


def checked(key: bytes, where: str) -> bytes:
    """The key, if it is long enough."""
    if len(key) < LEAST:
        cure = "make one with: openssl rand -hex 32"
        raise ConfigError(f"{where} is too short: at least {LEAST} characters; {cure}.")
    return key


def _make(path: Path) -> None:
    """Written aside and linked into place: two first starts get the same key, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(32).encode())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink()
