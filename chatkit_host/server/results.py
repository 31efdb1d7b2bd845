"""What `process` gives back: a stream of events, or one JSON document."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol


class Readable(Protocol):
    """A turn, as its readers see it."""

    id: str

    def reading(self) -> AbstractContextManager[None]:
        """Count as a reader for as long as this is open."""

    def entries(self, after: int) -> AsyncIterator[Sequence[bytes]]:
        """Everything after this number, in batches as it becomes ready, to the turn's end."""


class StreamingResult(AsyncIterable[bytes]):
    """A reader of one turn's events. Leaving it is not cancelling: the turn's policy decides.

    `json_events` gives one server-sent event (`data: …` and a blank line) a chunk; `batches()`
    gives all that is ready in one chunk, which costs a web server one write instead of many.

    Args:
        turn: whose events these are.
        after: how many of them the reader has already.
        finish: what is done to each event on its way out, if anything.
    """

    def __init__(
        self, turn: Readable, after: int = 0, finish: Callable[[bytes], bytes] | None = None
    ) -> None:
        self._turn = turn
        self._after = after
        self._finish = finish
        self.turn_id = turn.id
        self.json_events: AsyncGenerator[bytes, None] = self._events()

    async def _events(self) -> AsyncGenerator[bytes, None]:
        with self._turn.reading():
            async for entries in self._entries():
                for entry in entries:
                    yield b"data: " + entry + b"\n\n"

    async def batches(self) -> AsyncGenerator[bytes, None]:
        """The same bytes as `json_events`, joined as far as they are ready."""
        with self._turn.reading():
            async for entries in self._entries():
                yield b"data: " + b"\n\ndata: ".join(entries) + b"\n\n"

    async def numbered_batches(self) -> AsyncGenerator[bytes, None]:
        """As `batches`, each event with an id (`id: <turn>:<number>`) to resume after."""
        number, turn_id = self._after, self.turn_id.encode()
        with self._turn.reading():
            async for entries in self._entries():
                framed = [
                    b"id: %b:%d\ndata: %b\n\n" % (turn_id, place, entry)
                    for place, entry in enumerate(entries, number + 1)
                ]
                number += len(entries)
                yield b"".join(framed)

    def _entries(self) -> AsyncIterator[Sequence[bytes]]:
        entries = self._turn.entries(self._after)
        return entries if self._finish is None else _finished(entries, self._finish)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.json_events


async def _finished(
    entries: AsyncIterator[Sequence[bytes]], finish: Callable[[bytes], bytes]
) -> AsyncIterator[Sequence[bytes]]:
    async for batch in entries:
        yield [finish(entry) for entry in batch]


class NonStreamingResult:
    """One answer: `json` holds its bytes."""

    def __init__(self, result: bytes) -> None:
        self.json = result
