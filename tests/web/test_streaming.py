"""Streams: silence, leaving, failing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, MutableMapping
from typing import Any

import httpx
import pytest

from chatkit_host.server.policy import TurnPolicy
from chatkit_host.store import MemoryStore
from chatkit_host.web.streaming import KEEP_ALIVE, send_stream
from tests.server.servers import GatedServer, create
from tests.web.bots import app_of
from tests.web.live import visit

JSON = {"content-type": "application/json"}
Message = MutableMapping[str, Any]


async def read_until(response: httpx.Response, word: str) -> str:
    """Read a stream until the word has come."""
    text = ""
    async for part in response.aiter_text():
        text += part
        if word in text:
            return text
    raise AssertionError(f"the stream ended without {word!r}: {text}")


async def test_silence_is_broken_by_comments() -> None:
    server = GatedServer(MemoryStore())
    async with (
        visit(app_of(server, keep_alive=0.02)) as browser,
        browser.stream("POST", "/chatkit", content=create("Hi"), headers=JSON) as response,
    ):
        text = await read_until(response, ": keep-alive\n\n: keep-alive\n\n")
        assert "one " in text
        server.gate.set()


async def test_leaving_is_not_cancelling_where_the_policy_is_to_go_on() -> None:
    server = GatedServer(MemoryStore(), policy=TurnPolicy(on_disconnect="continue"))
    async with visit(app_of(server)) as browser:
        async with browser.stream("POST", "/chatkit", content=create("Hi"), headers=JSON) as left:
            await read_until(left, "one ")
        assert not server.closed.is_set()
        assert server.busy == 1
        server.gate.set()
        await asyncio.wait_for(server.closed.wait(), 5)


async def test_a_reader_that_left_is_noticed_in_the_middle_of_silence() -> None:
    policy = TurnPolicy(on_disconnect="cancel", disconnect_grace=0)
    server = GatedServer(MemoryStore(), policy=policy)
    async with visit(app_of(server)) as browser:
        async with browser.stream("POST", "/chatkit", content=create("Hi"), headers=JSON) as left:
            await read_until(left, "one ")
        await asyncio.wait_for(server.closed.wait(), 5)


class Wire:
    """The server's side of a connection, in the hands of a test."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.left = asyncio.Event()
        self.broken = False
        self._heard = asyncio.Event()

    async def receive(self) -> Any:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if self.broken:
            raise OSError("the client has left")
        self.sent.append(message)
        self._heard.set()

    async def until(self, word: bytes) -> None:
        """Come back when this has been sent."""
        while word not in self.body:
            self._heard.clear()
            await self._heard.wait()

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)

    @property
    def ended(self) -> bool:
        return self.sent[-1].get("more_body") is False


class Source:
    """A result whose reader does what the test wants."""

    def __init__(self, *steps: bytes | Exception | asyncio.Event) -> None:
        self._steps = steps
        self.closed = False

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        try:
            for step in self._steps:
                if isinstance(step, Exception):
                    raise step
                if isinstance(step, asyncio.Event):
                    await step.wait()
                else:
                    yield step
        finally:
            self.closed = True


async def pump(source: Source, wire: Wire, keep_alive: float = 15) -> None:
    await send_stream(source.chunks(), wire.receive, wire.send, [], keep_alive)


async def test_a_stream_ends_when_its_turn_does() -> None:
    source, wire = Source(b"data: 1\n\n", b"data: 2\n\n"), Wire()
    await pump(source, wire)
    assert wire.body == b"data: 1\n\ndata: 2\n\n"
    assert wire.ended
    assert source.closed


async def test_who_leaves_stops_reading_and_gets_nothing_more() -> None:
    source, wire = Source(b"data: 1\n\n", asyncio.Event()), Wire()
    pumping = asyncio.create_task(pump(source, wire))
    await wire.until(b"1")
    wire.left.set()
    await pumping
    assert source.closed
    assert not wire.ended


async def test_a_write_to_nobody_is_a_leaving() -> None:
    go_on = asyncio.Event()
    source, wire = Source(b"data: 1\n\n", go_on, b"data: 2\n\n"), Wire()
    pumping = asyncio.create_task(pump(source, wire))
    await wire.until(b"1")
    wire.broken = True
    go_on.set()
    await pumping
    assert source.closed


async def test_a_comment_to_nobody_is_a_leaving() -> None:
    source, wire = Source(asyncio.Event()), Wire()
    pumping = asyncio.create_task(pump(source, wire, keep_alive=0.01))
    await wire.until(KEEP_ALIVE)
    wire.broken = True
    await pumping
    assert source.closed


async def test_cancelling_from_outside_is_not_swallowed() -> None:
    source, wire = Source(b"data: 1\n\n", asyncio.Event()), Wire()
    pumping = asyncio.create_task(pump(source, wire))
    await wire.until(b"1")
    pumping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await pumping
    assert source.closed


@pytest.mark.parametrize("error", [RuntimeError("secret"), OSError("secret")])
async def test_a_reader_that_fails_ends_with_an_error_event(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    source, wire = Source(b"data: 1\n\n", error), Wire()
    await pump(source, wire)
    assert b'"type":"error"' in wire.body
    assert b"secret" not in wire.body
    assert wire.ended
    assert any(record.exc_info for record in caplog.records)
