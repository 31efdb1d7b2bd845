"""The server in its thread, and the handle that tests hold."""

from __future__ import annotations

import asyncio
import socket
import threading

import uvicorn

from tests.model_server.app import ModelApp, Received
from tests.model_server.script import Part, Reply

PATIENCE = 10  # seconds until a test that waits for something is called broken


class ModelServer:
    """A model server on a free loopback port. `reply()` enqueues the answer to one request."""

    def __init__(self) -> None:
        self.app = ModelApp()
        self._socket = socket.create_server(("127.0.0.1", 0))
        # `server` runs whatever `self.app` is at the time, so that each test starts afresh.
        config = uvicorn.Config(
            self._dispatch,
            loop="asyncio",
            http="h11",
            ws="none",
            interface="asgi3",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="model-server", daemon=True)

    @property
    def base_url(self) -> str:
        """What to give a client as its `base_url`."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"

    @property
    def requests(self) -> list[Received]:
        """What was asked so far, oldest first."""
        return self.app.requests

    @property
    def disconnected(self) -> threading.Event:
        """Set once a client left in the middle of a stream."""
        return self.app.disconnected

    def reply(self, *parts: Part) -> None:
        """Answer the next request that has no answer yet with these parts, in this order."""
        self.app.replies.append(parts)

    def reply_with(self, reply: Reply) -> None:
        """Answer it with what `reply(body)` gives."""
        self.app.replies.append(reply)

    async def wait(self, event: threading.Event) -> None:
        """Wait for something that happens in the server's thread."""
        assert await asyncio.to_thread(event.wait, PATIENCE), "waited in vain"

    def reset(self) -> None:
        """Forget the last test: its script, its requests, its hanging streams."""
        for hang in self.app.hangs:
            hang.release()
        self.app = ModelApp()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.reset()
        self._server.should_exit = True
        self._thread.join(PATIENCE)
        self._socket.close()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])

    async def _dispatch(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        await self.app(scope, receive, send)
