"""What a streaming request comes to, before its turn begins."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass

from chatkit_host.types import StreamEvent, ThreadMetadata

Answer = Callable[[], AsyncIterator[StreamEvent]]
Opening = Callable[[], Awaitable[Sequence[StreamEvent]]]


async def no_opening() -> Sequence[StreamEvent]:
    """Nothing to store, nothing to say."""
    return ()


@dataclass(frozen=True, slots=True)
class TurnPlan:
    """One turn: its thread, what it opens with, and the answer.

    The opening stores what began the turn (a new thread, the user's message) and gives the events
    that say so; what the answer yields is recorded.
    """

    thread: ThreadMetadata
    answer: Answer
    opening: Opening = no_opening
