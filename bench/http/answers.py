"""Reading raw answers once the clock has stopped: a fast server must also be a right one."""

from __future__ import annotations

from collections.abc import Iterable

UPDATED = b'"type":"thread.item.updated"'
DONE = b'"type":"thread.item.done"'


def check(answers: Iterable[bytes], deltas: int) -> None:
    """Raise unless each answer is a whole turn with so many deltas."""
    for answer in answers:
        events = events_in(answer)
        found = sum(UPDATED in event for event in events)
        if found != deltas or DONE not in events[-1]:
            raise RuntimeError(f"a turn of {found} deltas instead of {deltas}: {answer[:500]!r}")


def events_in(answer: bytes) -> list[bytes]:
    """The data of the server-sent events in a chunked answer."""
    _, _, chunks = answer.partition(b"\r\n\r\n")
    stream = b"".join(_bodies(chunks))
    blocks = stream.split(b"\n\n")
    return [block[len(b"data: ") :] for block in blocks if block.startswith(b"data: ")]


def _bodies(chunks: bytes) -> Iterable[bytes]:
    place = 0
    while True:
        line_end = chunks.index(b"\r\n", place)
        size = int(chunks[place:line_end], 16)
        if size == 0:
            return
        start = line_end + 2
        yield chunks[start : start + size]
        place = start + size + 2
