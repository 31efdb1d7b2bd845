"""Leases: what one process has to itself, until it gives it back or dies."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from chatkit_host.errors import UnavailableError
from chatkit_host.logger import logger

T = TypeVar("T")

HOLD_SECONDS = 15.0
"""How long a lease lasts that nobody renews: its process has died."""
PATIENCE = 30.0
"""Seconds that a process waits for another to give a lease back."""
WANTED_SECONDS = 0.5
"""How long the word of one who has asked in vain counts: by then it has asked again."""
_FIRST_WAIT, _LONGEST_WAIT = 0.004, 0.05
_FAIR_SHARE = 0.1
"""Seconds that a process may hand a lease on to its own while others wait for it."""


async def taken(attempt: Callable[[], Awaitable[T | None]]) -> T:
    """What the attempt gives once it gives something: who has it cannot tell when it is done.

    Raises:
        TimeoutError: it gave nothing for too long.
    """
    wait = _FIRST_WAIT
    async with asyncio.timeout(PATIENCE):
        while (got := await attempt()) is None:
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)
    return got


class Renewal:
    """Renews a lease until it is stopped, or until the lease is lost.

    Most leases end before they would be renewed; a timer is all that these cost.
    """

    def __init__(self, keep: Callable[[], Awaitable[bool]]) -> None:
        self._keep = keep
        self._task: asyncio.Task[None] | None = None
        self._wait()

    async def stop(self) -> None:
        """Renew it no more."""
        self._timer.cancel()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def _wait(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(HOLD_SECONDS / 3, self._begin)

    def _begin(self) -> None:
        self._task = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        kept = True
        try:
            kept = await self._keep()
        except UnavailableError as error:  # writing will tell, if it was for too long
            logger.warning("A hold could not be renewed: %s", error)
        if kept:
            self._wait()


class Queue:
    """Those of this process who want one lease: only the first of them asks the store.

    Handing it on within the process costs nothing, so that another process would hardly ever find
    it free. Where others wait, it is left to them after a fair share of time.
    """

    __slots__ = ("__weakref__", "_leaves", "_lock", "_since")

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._since: float | None = None
        self._leaves = False

    async def enter(self) -> None:
        """Come back as the first in the queue."""
        await self._lock.acquire()
        if self._leaves:
            self._since, self._leaves = None, False
            try:
                await asyncio.sleep(_LONGEST_WAIT * 1.5)
            except BaseException:
                self._lock.release()
                raise

    def leave(self, *, wanted: bool = False) -> None:
        """Let the next come; `wanted` tells whether other processes wait."""
        now = asyncio.get_running_loop().time()
        if not wanted:
            self._since = None
        elif self._since is None:
            self._since = now
        else:
            self._leaves = now - self._since > _FAIR_SHARE
        self._lock.release()
