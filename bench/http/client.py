"""A client that costs little: raw bytes in, and nothing looked at until the clock has stopped."""

from __future__ import annotations

import asyncio
from typing import cast

LAST_CHUNK = b"\r\n0\r\n\r\n"
OK = b"HTTP/1.1 200 "


class Connection(asyncio.Protocol):
    """One connection that is kept alive, with one request at a time on it."""

    def __init__(self, user: str) -> None:
        self._user = user
        self._cookie = b""
        self._parts: list[bytes] = []
        self._tail = b""
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[bytes] | None = None

    @classmethod
    async def open(cls, port: int, user: str) -> Connection:
        """A connection to this port of the machine, as this user."""
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(lambda: cls(user), "127.0.0.1", port)
        return connection

    def request(self, body: bytes) -> bytes:
        """The whole request, with this user's name and cookie."""
        head = (
            "POST /chatkit HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/event-stream\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n"
            f"x-user-id: {self._user}\r\n"
        )
        return head.encode() + self._cookie + b"\r\n" + body

    async def ask(self, body: bytes) -> bytes:
        """Send a request; gives the raw answer, headers and chunks, once it is complete."""
        assert self._transport is not None
        self._parts, self._tail = [], b""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(self.request(body))
        answer = await self._answer
        self._keep_cookie(answer)
        return answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's are none by class

    def data_received(self, data: bytes) -> None:
        if not self._parts and not data.startswith(OK):
            return self._fail(data[:400].decode("latin-1"))
        self._parts.append(data)
        self._tail = data if len(data) >= len(LAST_CHUNK) else self._tail[-7:] + data
        if self._tail.endswith(LAST_CHUNK) and self._answer and not self._answer.done():
            self._answer.set_result(b"".join(self._parts))
        return None

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail(f"the server hung up: {exc}")

    def _fail(self, why: str) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError(why))

    def _keep_cookie(self, answer: bytes) -> None:
        # A browser that has been given a cookie shows it from then on.
        head, _, _ = answer.partition(b"\r\n\r\n")
        for line in head.split(b"\r\n"):
            name, _, value = line.partition(b": ")
            if name.lower() == b"set-cookie":
                self._cookie = b"cookie: " + value.partition(b";")[0] + b"\r\n"
