"""Uvicorn, taught to end well."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
from types import FrameType

import uvicorn
from litestar import Litestar

from chatkit_host.logger import logger
from chatkit_host.web.boot import Boot

FLUSH_TIME = 5
"""Seconds for the last bytes to reach slow clients, once every turn has ended."""
TICK = 0.05


class HostServer(uvicorn.Server):
    """Tells the host to drain before it waits for connections, which only end when turns do.

    The first SIGTERM or SIGINT lets turns finish for `grace` seconds; the second one does not.
    """

    def __init__(self, config: uvicorn.Config, boot: Boot, grace: float) -> None:
        super().__init__(config)
        self._boot = boot
        self._grace = grace
        boot.on_started = freeze
        boot.on_failed = self.stop

    def stop(self) -> None:
        """Begin to end."""
        self.should_exit = True

    def handle_exit(self, sig: int, _frame: FrameType | None) -> None:
        """A signal came. It is not raised again at the end: ending was what it asked for."""
        if self.should_exit:
            self.force_exit = True
        logger.info("%s: stopping%s", signal.Signals(sig).name, " now" * self.force_exit)
        self._boot.state = "draining"
        self.stop()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop accepting, let turns end, flush, close."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await self._drain()
        await super().shutdown(sockets)
        if self.force_exit:  # uvicorn then leaves the lifespan out, and the store open
            await self.lifespan.shutdown()

    async def _drain(self) -> None:
        draining = asyncio.create_task(self._boot.drain(self._grace))
        while not draining.done() and not self.force_exit:
            await asyncio.wait([draining], timeout=TICK)
        if not draining.done():
            draining.cancel()
            await self._boot.drain(0)


def run(app: Litestar, listening: socket.socket, grace: float) -> int:
    """Serve until a signal comes; gives the exit status.

    Args:
        app: what `create_app` gave.
        listening: what `bind` gave.
        grace: seconds that running turns get to finish.
    """
    boot: Boot = app.state.boot
    config = uvicorn.Config(
        app,
        lifespan="on",
        ws="none",
        log_config=None,
        server_header=False,
        # Longer than the idle time of common proxies, or they reuse what we just closed.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=FLUSH_TIME,
    )
    HostServer(config, boot, grace).run(sockets=[listening])
    return 0 if boot.failure is None else 1


COLLECT_AFTER = (20_000, 20, 50)
"""New objects before the collector looks at them, and looks before it looks further back.

At Python's own 700, a tenth of a turn's time goes into looking: pydantic's models and tasks in
flight are many, and nearly none of them is in a cycle. This keeps a few megabytes at most.
"""


def freeze() -> None:
    """What is loaded now stays: the collector need never look at it again (speed.md)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    gc.enable()
