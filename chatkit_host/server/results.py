"""What `process` gives back: a stream of events, or one JSON document."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Sequence

Follow = Callable[[], AsyncGenerator[Sequence[bytes], None]]


class StreamingResult(AsyncIterable[bytes]):
    """A reader of one turn's events. Leaving it is not cancelling: the turn's policy decides.

    `json_events` gives one server-sent event (`data: …` and a blank line) a chunk; `batches()`
    gives all that is ready in one chunk, which costs a web server one write instead of many.
    """

    def __init__(self, follow: Follow, turn_id: str = "") -> None:
        self._follow = follow
        self.turn_id = turn_id
        self.json_events: AsyncGenerator[bytes, None] = self._events()

    async def _events(self) -> AsyncGenerator[bytes, None]:
        reader = self._follow()
        try:
            async for entries in reader:
                for entry in entries:
                    yield b"data: " + entry + b"\n\n"
        finally:
            await reader.aclose()

    async def batches(self) -> AsyncGenerator[bytes, None]:
        """The same bytes as `json_events`, joined as far as they are ready."""
        reader = self._follow()
        try:
            async for entries in reader:
                yield b"data: " + b"\n\ndata: ".join(entries) + b"\n\n"
        finally:
            await reader.aclose()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.json_events


class NonStreamingResult:
    """One answer: `json` holds its bytes."""

    def __init__(self, result: bytes) -> None:
        self.json = result
