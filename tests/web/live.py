"""A real uvicorn on a free port, in the test's own loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import httpx
import uvicorn
from litestar import Litestar

from chatkit_host.web.listening import bind
from chatkit_host.web.running import HostServer


class LiveServer(HostServer):
    """Leaves the process's signals and its collector alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def running(app: Litestar, grace: float = 0) -> AsyncIterator[tuple[str, LiveServer]]:
    """Serve the app; gives its URL and the server."""
    boot = app.state.boot
    config = uvicorn.Config(
        app, lifespan="on", ws="none", log_config=None, timeout_graceful_shutdown=1
    )
    with bind("127.0.0.1", 0) as listening:
        server = LiveServer(config, boot, grace)
        boot.on_started = lambda: None
        task = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", server
        finally:
            server.stop()
            await task


@asynccontextmanager
async def serve(app: Litestar, grace: float = 0) -> AsyncIterator[str]:
    """Serve the app; gives its URL. It stops at the end, cancelling what still runs."""
    async with running(app, grace) as (url, _):
        yield url


@asynccontextmanager
async def visit(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """Serve the app, and visit it with a browser (a cookie jar)."""
    async with serve(app) as url, httpx.AsyncClient(base_url=url) as browser:
        yield browser
