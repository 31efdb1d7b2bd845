"""The host's life beside the web: started behind its back, drained, closed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Literal

from litestar import Litestar

from chatkit_host.errors import ConfigError, UnavailableError
from chatkit_host.logger import logger
from chatkit_host.web.errors import log_unexpected
from chatkit_host.web.host import Host

State = Literal["starting", "running", "failed", "draining"]


class Boot:
    """Starts the host when the server already listens; requests that need it wait.

    `failure` holds what made the start fail. `on_started` and `on_failed` are called once,
    whichever it is; who runs the server sets them.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._ended = asyncio.Event()
        self.state: State = "starting"
        self.failure: Exception | None = None
        self.on_started: Callable[[], object] = _nothing
        self.on_failed: Callable[[], object] = _nothing

    @asynccontextmanager
    async def lifespan(self, _app: Litestar) -> AsyncIterator[None]:
        """Litestar's lifespan: begin the start, and close what it opened."""
        task = asyncio.create_task(self._start(), name="start the host")
        try:
            yield
        finally:
            self.state = "draining"
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self._host.close()

    async def _start(self) -> None:
        try:
            await self._host.start()
        except Exception as error:
            self._fail(error)
        else:
            if self.state == "starting":
                self.state = "running"
            self.on_started()
        finally:
            self._ended.set()

    def _fail(self, error: Exception) -> None:
        self.failure = error
        self.state = "failed"
        if isinstance(error, ConfigError):
            logger.error("%s", error)
        else:
            log_unexpected(error)
        self.on_failed()

    async def started(self) -> None:
        """Come back when work can be done; raises `UnavailableError` when it never will."""
        if self.state == "running":
            return
        await self._ended.wait()
        if self.state == "failed":
            raise UnavailableError("The host could not start; its log says why.")
        if self.state == "draining":
            raise UnavailableError("The server is shutting down. Try again in a moment.")

    async def ready(self) -> None:
        """Like `started`, but never waits, and asks the host how it feels."""
        if self.state == "starting":
            raise UnavailableError("The host is still starting.")
        await self.started()
        await self._host.ready()

    async def drain(self, grace: float) -> None:
        """Take no more work; let turns finish for `grace` seconds, then cancel and save them."""
        self.state = "draining"
        self._ended.set()
        await self._host.server.shutdown(grace)


def _nothing() -> None:
    """No one has asked to be told."""
