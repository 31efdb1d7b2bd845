"""The contract of a stream log: what a turn writes, and its readers read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Literal

TurnState = Literal["running", "done", "cancelled", "failed", "lost"]


@dataclass(frozen=True, slots=True)
class LogSlice:
    """Encoded events after a sequence number, and the state that the turn was in then."""

    entries: Sequence[bytes]
    state: TurnState


class StreamLog(ABC):
    """Append-only logs, one a turn, and the leases that let one turn at a time into a thread.

    An entry is one encoded event (JSON, unframed); its sequence number is its position, from 1.
    Drivers may keep the logs in memory or in an engine that several processes share.
    """

    @abstractmethod
    async def lease(self, thread_id: str, turn_id: str, *, wait: bool = False) -> str | None:
        """Take the thread for this turn: None when taken, else the id of the turn that has it.

        With `wait` it comes back only when the thread is this turn's, first come, first served.
        """

    @abstractmethod
    async def release(self, thread_id: str, turn_id: str) -> None:
        """Give the thread back, if this turn has it."""

    @abstractmethod
    async def open(self, turn_id: str, thread_id: str, cancel: Callable[[], None]) -> None:
        """Begin a log; `cancel` is called in this process when anybody asks for it."""

    @abstractmethod
    async def thread_of(self, turn_id: str) -> str:
        """The thread that the turn is in.

        Raises:
            NotFoundError: the log never was, or is no longer kept.
        """

    @abstractmethod
    def append(self, turn_id: str, entries: Sequence[bytes]) -> None:
        """Add entries, in order. Never waits: a driver that writes elsewhere buffers them."""

    @abstractmethod
    async def finish(self, turn_id: str, state: TurnState) -> None:
        """End the log in this state, with everything that was appended before."""

    @abstractmethod
    async def read(self, turn_id: str, after: int) -> LogSlice:
        """Entries after this number, none if there are none yet.

        Raises:
            NotFoundError: the log never was, or is no longer kept.
        """

    @abstractmethod
    async def wait(self, turn_id: str, after: int) -> None:
        """Come back when there is more after this number, or the turn has ended."""

    @abstractmethod
    async def cancel(self, turn_id: str) -> None:
        """Ask whoever runs the turn to stop it; nothing happens if it has ended."""

    async def follow(self, turn_id: str, after: int = 0) -> AsyncIterator[Sequence[bytes]]:
        """Everything after this number, in batches as it becomes ready, to the turn's end."""
        while True:
            part = await self.read(turn_id, after)
            if part.entries:
                after += len(part.entries)
                yield part.entries
            elif part.state != "running":
                return
            else:
                await self.wait(turn_id, after)
