"""The ASGI app: it records what it was asked, and plays the next reply of the script."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.model_server import transcriptions
from tests.model_server.chat_completions import stream_chunks, whole_completion
from tests.model_server.responses_api import stream_events, whole_response
from tests.model_server.script import Die, Fail, Hang, Part, Reply, Say, Stall

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True)
class Received:
    """One request as the server got it."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class ConnectionCutError(Exception):
    """Raised to make uvicorn drop the connection without an end."""


class ModelApp:
    """Plays replies in the order they were enqueued. Filled from the test's thread."""

    def __init__(self) -> None:
        self.replies: deque[Reply] = deque()
        self.requests: list[Received] = []
        self.hangs: list[Hang] = []
        self.disconnected = threading.Event()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        headers = {k.decode(): v.decode() for k, v in scope["headers"]}
        if scope["path"] == "/v1/models":
            await send_json(send, 200, {"object": "list", "data": [{"id": "m", "object": "model"}]})
            return
        raw = await read_body(receive)
        recording = scope["path"] == transcriptions.PATH
        body = (
            transcriptions.read_form(headers["content-type"], raw) if recording else json.loads(raw)
        )
        self.requests.append(Received(scope["path"], headers, body))
        parts = self.next_parts(body)
        if isinstance(parts[0], Stall):
            self.hangs.append(parts[0])
            parts[0].reached.set()
            await asyncio.to_thread(parts[0].wait_released)
            parts = parts[1:]
        if isinstance(parts[0], Fail):
            await send_error(send, parts[0])
        elif recording:
            await self.transcribe(parts, send)
        elif not body.get("stream"):
            await self.hold(parts)
            await send_json(send, 200, self.whole(scope["path"], body, parts))
        else:
            await self.stream(scope["path"], body, parts, receive, send)

    def next_parts(self, body: dict[str, Any]) -> Sequence[Part]:
        if not self.replies:
            # 418 is never retried by a client, so that the test fails at once.
            return [Fail(418, "the test enqueued no reply for this request")]
        reply = self.replies.popleft()
        return reply(body) if callable(reply) else reply

    async def hold(self, parts: Sequence[Part]) -> None:
        """Wait where the script says so, before an answer that comes in one piece."""
        for part in parts:
            if isinstance(part, Hang):
                self.hangs.append(part)
                part.reached.set()
                await asyncio.to_thread(part.wait_released)

    async def transcribe(self, parts: Sequence[Part], send: Send) -> None:
        await self.hold(parts)
        text = "".join(part.text for part in parts if isinstance(part, Say))
        await send_json(send, 200, {"text": text})

    def whole(self, path: str, body: dict[str, Any], parts: Sequence[Part]) -> dict[str, Any]:
        chat = path == "/v1/chat/completions"
        return whole_completion(body, parts) if chat else whole_response(body, parts)

    async def stream(
        self, path: str, body: dict[str, Any], parts: Sequence[Part], receive: Receive, send: Send
    ) -> None:
        self.hangs += [part for part in parts if isinstance(part, Hang)]
        leaving = asyncio.ensure_future(wait_for_disconnect(receive))
        playing = asyncio.ensure_future(play(path, body, parts, send))
        await asyncio.wait([leaving, playing], return_when=asyncio.FIRST_COMPLETED)
        left = leaving.done() and not playing.done()
        if left:
            self.note_disconnect(parts)
        for task in (leaving, playing):
            task.cancel()
        results = await asyncio.gather(leaving, playing, return_exceptions=True)
        if isinstance(results[1], ConnectionCutError):
            raise results[1]

    def note_disconnect(self, parts: Sequence[Part]) -> None:
        self.disconnected.set()
        for part in parts:
            if isinstance(part, Hang):
                part.disconnected.set()


async def play(path: str, body: dict[str, Any], parts: Sequence[Part], send: Send) -> None:
    """Send the whole stream, with its pauses and breaks."""
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [(b"content-type", b"text/event-stream")],
        }
    )
    for frame in frames(path, body, parts):
        if isinstance(frame, Die):
            raise ConnectionCutError
        if isinstance(frame, Hang):
            frame.reached.set()
            await asyncio.to_thread(frame.wait_released)
        else:
            await send({"type": "http.response.body", "body": frame, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def frames(path: str, body: dict[str, Any], parts: Sequence[Part]) -> Iterator[bytes | Die | Hang]:
    """The stream's server-sent events, as each API frames them."""
    if path == "/v1/responses":
        for event in stream_events(body, parts):
            if isinstance(event, dict):
                yield f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode()
            else:
                yield event
        return
    for chunk in stream_chunks(body, parts):
        yield f"data: {json.dumps(chunk)}\n\n".encode() if isinstance(chunk, dict) else chunk
    yield b"data: [DONE]\n\n"


async def read_body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def wait_for_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def send_error(send: Send, failure: Fail) -> None:
    error = {"message": failure.message, "type": "scripted", "param": None, "code": None}
    await send_json(send, failure.status, {"error": error}, failure.headers)


async def send_json(
    send: Send, status: int, body: object, headers: dict[str, str] | None = None
) -> None:
    extra = [(k.encode(), v.encode()) for k, v in (headers or {}).items()]
    all_headers = [(b"content-type", b"application/json"), *extra]
    await send({"type": "http.response.start", "status": status, "headers": all_headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})
