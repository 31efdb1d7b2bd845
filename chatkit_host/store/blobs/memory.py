"""Bytes that live and die with the process."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable

from chatkit_host.store.blobs.contract import Blobs, checked, no_bytes, one_chunk


class MemoryBlobs(Blobs):
    """Bytes in a dictionary."""

    def __init__(self) -> None:
        self._bytes: dict[str, bytes] = {}

    async def save(self, key: str, chunks: AsyncIterable[bytes]) -> None:
        data = b"".join([chunk async for chunk in chunks])
        self._bytes[checked(key)] = data

    async def load(self, key: str) -> AsyncGenerator[bytes, None]:
        data = self._bytes.get(key)
        if data is None:
            raise no_bytes(key)
        return one_chunk(data)

    async def delete(self, key: str) -> None:
        self._bytes.pop(key, None)

    def __len__(self) -> int:
        return len(self._bytes)
