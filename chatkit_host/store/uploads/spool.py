"""Bytes on their way in: counted, in memory while they are few, else in a file without a name."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import AsyncGenerator
from tempfile import SpooledTemporaryFile
from typing import IO, Self

from chatkit_host.errors import PayloadTooLargeError

IN_MEMORY = 1024 * 1024
PIECE = 256 * 1024


class Spool:
    """Takes bytes until there are too many; close it, or use it with `with`.

    Args:
        limit: how many bytes it takes.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._waiting = bytearray()
        self._file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self.size = 0

    async def write(self, chunk: bytes | bytearray) -> None:
        """Take some more.

        Raises:
            PayloadTooLargeError: that is too many.
        """
        self.size += len(chunk)
        if self.size > self._limit:
            raise too_large(self._limit)
        self._waiting += chunk
        if len(self._waiting) >= PIECE:
            await self._flush()

    async def rewound(self) -> IO[bytes]:
        """The file, at its start, to be read in a worker thread."""
        await self._flush()
        self._file.seek(0)
        return self._file

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """All of it, in pieces."""
        file = await self.rewound()
        while chunk := await to_thread(file.read, PIECE):
            yield chunk

    async def _flush(self) -> None:
        waiting, self._waiting = self._waiting, bytearray()
        if waiting:
            await to_thread(self._file.write, waiting)

    def close(self) -> None:
        """Forget it."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def too_large(limit: int) -> PayloadTooLargeError:
    """What an upload that is too large is told."""
    return PayloadTooLargeError(f"The file is larger than {in_words(limit)}, the limit here.")


def in_words(size: int) -> str:
    """A number of bytes, for people."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.3g} {unit}"
    return f"{size} bytes"
