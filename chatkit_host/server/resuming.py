"""Taking up a turn's events again, where a connection broke off or in another tab."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from chatkit_host.errors import NotFoundError
from chatkit_host.server.log import StreamLog
from chatkit_host.server.results import StreamingResult
from chatkit_host.server.turns import Turns

_EVENT_ID = re.compile(r"(turn_[0-9a-z]{26}):([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class EventId:
    """The id of a turn's event as a stream numbers them: `<turn>:<number>`, from 1."""

    turn_id: str
    number: int

    @classmethod
    def parse(cls, text: str | None) -> Self | None:
        """The id that a client shows; none for anything else, which then counts as not seen."""
        found = _EVENT_ID.fullmatch(text or "")
        return cls(found[1], int(found[2])) if found else None


async def resume(
    turns: Turns,
    thread_id: str,
    seen: EventId | None,
    finish: Callable[[bytes], bytes] | None = None,
) -> StreamingResult | None:
    """What the client has not seen of its turn, else the thread's running turn from its start.

    Args:
        turns: the turns of this process.
        thread_id: the thread, which must be the client's own.
        seen: the last event that the client has.
        finish: what is done to each event on its way out, if anything.

    Returns:
        None if there is nothing to read: nothing was missed, and nothing runs.
    """
    if seen is not None and await _has_more(turns.log, thread_id, seen):
        turn = turns.find(seen.turn_id) or _EndedTurn(seen.turn_id, turns.log)
        return StreamingResult(turn, seen.number, finish)
    running = turns.running(thread_id)
    return None if running is None else StreamingResult(running, finish=finish)


async def _has_more(log: StreamLog, thread_id: str, seen: EventId) -> bool:
    try:
        if await log.thread_of(seen.turn_id) != thread_id:
            return False
        part = await log.read(seen.turn_id, seen.number)
    except NotFoundError:
        return False
    return bool(part.entries) or part.state == "running"


class _EndedTurn:
    """A turn of which only the log is left; whether it is read makes no difference to it."""

    def __init__(self, turn_id: str, log: StreamLog) -> None:
        self.id = turn_id
        self._log = log

    @contextmanager
    def reading(self) -> Iterator[None]:
        yield

    def entries(self, after: int) -> AsyncIterator[Sequence[bytes]]:
        return self._log.follow(self.id, after)
