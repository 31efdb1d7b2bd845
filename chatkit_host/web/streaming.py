"""Pumping a turn's bytes to one client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress

from litestar.types import Receive, Send

from chatkit_host.types import ErrorEvent
from chatkit_host.types.codec import encode_event, frame
from chatkit_host.web.errors import log_unexpected, unexpected_message
from chatkit_host.web.headers import HeaderList

STREAM_HEADERS: HeaderList = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
KEEP_ALIVE = b": keep-alive\n\n"


async def send_stream(
    chunks: AsyncGenerator[bytes, None],
    receive: Receive,
    send: Send,
    headers: HeaderList,
    keep_alive: float,
) -> None:
    """Send the turn's events, framed, until it ends or the client leaves.

    A client that leaves only stops reading: what that means for the turn, its policy says.
    """
    await send({"type": "http.response.start", "status": 200, "headers": STREAM_HEADERS + headers})
    await _Pump(chunks, receive, send, keep_alive).run()


class _ClientGoneError(Exception):
    """There is nobody to write to."""


class _Pump:
    """One task writes; a second one waits for the client to leave, and breaks long silences."""

    __slots__ = ("_left", "_loop", "_patience", "_reader", "_receive", "_send", "_sent_at", "_task")

    def __init__(
        self,
        reader: AsyncGenerator[bytes, None],
        receive: Receive,
        send: Send,
        keep_alive: float,
    ) -> None:
        self._reader = reader
        self._receive = receive
        self._send = send
        self._patience = keep_alive
        self._loop = asyncio.get_running_loop()
        self._sent_at = self._loop.time()
        self._task = asyncio.current_task()
        self._left = False

    async def run(self) -> None:
        watcher = self._loop.create_task(self._watch())
        try:
            await self._write_all()
        except asyncio.CancelledError:
            if not self._left or self._task is None:
                raise
            self._task.uncancel()
        except _ClientGoneError:
            self._left = True
        finally:
            self._task = None
            watcher.cancel()
            await self._reader.aclose()
        with suppress(asyncio.CancelledError):
            await watcher
        if not self._left:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _write_all(self) -> None:
        try:
            async for chunk in self._reader:
                await self._write(chunk)
        except _ClientGoneError:
            raise
        except Exception as error:
            await self._write(_error_event(error))

    async def _write(self, chunk: bytes) -> None:
        try:
            await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
        except OSError as error:  # ASGI's word for a client that has left
            raise _ClientGoneError from error
        self._sent_at = self._loop.time()

    async def _watch(self) -> None:
        while True:
            try:
                async with asyncio.timeout_at(self._sent_at + self._patience):
                    message = await self._receive()
            except TimeoutError:
                await self._break_silence()
            else:
                if message["type"] == "http.disconnect":
                    return self._leave()

    async def _break_silence(self) -> None:
        if self._loop.time() - self._sent_at < self._patience:
            return
        try:
            await self._write(KEEP_ALIVE)
        except _ClientGoneError:
            self._leave()

    def _leave(self) -> None:
        if self._task is not None:
            self._left = True
            self._task.cancel()


def _error_event(error: Exception) -> bytes:
    message = unexpected_message(log_unexpected(error))
    return frame(encode_event(ErrorEvent(message=message, allow_retry=True)))
