"""Bytes as files of one folder. Every touch of the disk is a worker thread's."""

from __future__ import annotations

import os
import secrets
import time
from asyncio import to_thread
from collections.abc import AsyncGenerator, AsyncIterable
from pathlib import Path
from typing import BinaryIO

from chatkit_host.errors import ConfigError
from chatkit_host.store.blobs.contract import Blobs, checked, no_bytes

CHUNK = 256 * 1024
PART = ".part-"
ABANDONED = 24 * 3600.0
"""Seconds after which a part of a file is what a process that died has left."""


class LocalBlobs(Blobs):
    """Files named by their keys, readable by their owner alone.

    A file is written beside its place and moved there when it is whole.

    Args:
        folder: made when it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def start(self) -> None:
        try:
            await to_thread(self._prepare)
        except OSError as error:
            raise ConfigError(
                f"attachments.store: {str(self._folder)!r} cannot be used: "
                f"{error.strerror or error}."
            ) from error

    async def save(self, key: str, chunks: AsyncIterable[bytes]) -> None:
        target = self._folder / checked(key)
        aside = self._folder / f"{PART}{secrets.token_hex(8)}"
        file = await to_thread(_create, aside)
        try:
            try:
                async for chunk in chunks:
                    await to_thread(file.write, chunk)
            finally:
                await to_thread(file.close)
            await to_thread(aside.replace, target)
        except BaseException:
            # Not in a thread: a task that is being cancelled would not come back for it.
            aside.unlink(missing_ok=True)
            raise

    async def load(self, key: str) -> AsyncGenerator[bytes, None]:
        path = self._folder / checked(key)
        if not await to_thread(path.is_file):
            raise no_bytes(key)
        return _read(path)

    async def delete(self, key: str) -> None:
        path = self._folder / checked(key)
        await to_thread(path.unlink, missing_ok=True)

    def _prepare(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = self._folder / f"{PART}{secrets.token_hex(8)}"
        _create(probe).close()
        probe.unlink()
        too_old = time.time() - ABANDONED
        for left in self._folder.glob(f"{PART}*"):
            if left.stat().st_mtime < too_old:
                left.unlink(missing_ok=True)


def _create(path: Path) -> BinaryIO:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(descriptor, "wb")


async def _read(path: Path) -> AsyncGenerator[bytes, None]:
    file = await to_thread(path.open, "rb")
    try:
        while chunk := await to_thread(file.read, CHUNK):
            yield chunk
    finally:
        file.close()
