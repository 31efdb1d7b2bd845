"""A job for a worker thread, and how its outcome gets back to whoever waits in an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """What to do with a connection. To do it twice must be as good as to do it once."""

    do: Callable[[Connection], T]
    writes: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job returned, or the error that it raised."""

    result: Any = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A job, and who waits for it."""

    job: Job[Any]
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[Any]


def deliver(orders: Sequence[Order], outcomes: Sequence[Outcome]) -> None:
    """Tell those who wait, from any thread; each loop is woken once."""
    pairs = list(zip(orders, outcomes, strict=True))
    for loop in {order.loop for order in orders}:
        mine = [(order.done, outcome) for order, outcome in pairs if order.loop is loop]
        # A loop that has closed raises: nobody waits any more, and the jobs are done all the same.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, mine)


async def until_done(done: asyncio.Future[Any]) -> None:
    """Wait, whatever happens to whoever waits; the outcome is dropped."""
    while not done.done():
        with suppress(asyncio.CancelledError, Exception):
            await asyncio.shield(done)
    if not done.cancelled():
        done.exception()


def _settle(pairs: Sequence[tuple[asyncio.Future[Any], Outcome]]) -> None:
    for done, outcome in pairs:
        if done.done():
            continue
        if outcome.error is None:
            done.set_result(outcome.result)
        else:
            done.set_exception(outcome.error)
