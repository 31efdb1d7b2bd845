"""What a place for bytes must be able to do."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterable
from contextlib import aclosing

from chatkit_host.errors import NotFoundError

_KEY = re.compile(r"[a-z]{1,8}_[0-9a-z]{1,40}(\.preview)?")


class Blobs(ABC):
    """Keeps bytes under keys that the host makes, never under names that came from outside.

    Nothing here blocks the event loop. What was not saved to its end is not there.
    """

    async def start(self) -> None:  # noqa: B027 - not every place needs it
        """Open the place, and check that it can be used.

        Raises:
            ConfigError: it cannot; says what to do.
        """

    async def close(self) -> None:  # noqa: B027
        """Let go of it."""

    @abstractmethod
    async def save(self, key: str, chunks: AsyncIterable[bytes]) -> None:
        """Keep the bytes, in place of those that were there; if `chunks` raises, nothing is."""

    @abstractmethod
    async def load(self, key: str) -> AsyncGenerator[bytes, None]:
        """The bytes, in pieces; close it when you leave before the end.

        Raises:
            NotFoundError: there are none.
        """

    @abstractmethod
    async def delete(self, key: str) -> None:
        """Remove the bytes; quiet where there are none."""

    async def load_all(self, key: str) -> bytes:
        """The bytes, in one piece."""
        async with aclosing(await self.load(key)) as chunks:
            return b"".join([chunk async for chunk in chunks])


def checked(key: str) -> str:
    """The key, if it is one of ours: it becomes a file's name."""
    if not _KEY.fullmatch(key):
        raise no_bytes(key)
    return key


def no_bytes(key: str) -> NotFoundError:
    """Nothing is kept under the key."""
    return NotFoundError(f"There are no bytes of {key[:100]!r}.")


async def one_chunk(data: bytes) -> AsyncGenerator[bytes, None]:
    """Bytes that are there already, to be saved."""
    yield data
