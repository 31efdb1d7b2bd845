"""Hosts to put behind the web: what the compiler would hand over, made by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Litestar

from chatkit_host.server import ChatKitServer
from chatkit_host.store import MemoryStore
from chatkit_host.web import WebSettings, create_app
from chatkit_host.web.auth.anonymous import AnonymousAuth
from tests.server.servers import EchoServer

KEY = b"k" * 32


class FakeHost:
    """A host around any server; `gate` holds its start back."""

    name = "Test bot"
    entities = None
    uploads = None
    endpoints: Sequence[Any] = ()

    def __init__(self, server: ChatKitServer[Any] | None = None) -> None:
        self.server: ChatKitServer[Any] = server or EchoServer(MemoryStore())
        self.gate = asyncio.Event()
        self.gate.set()
        self.closed = asyncio.Event()
        self.failure: Exception | None = None
        self.illness: Exception | None = None

    async def start(self) -> None:
        await self.gate.wait()
        if self.failure is not None:
            raise self.failure

    async def close(self) -> None:
        self.closed.set()

    async def ready(self) -> None:
        if self.illness is not None:
            raise self.illness

    def describe(self) -> Mapping[str, Sequence[str]]:
        return {"agents": ["helper"], "tools": ["<look up>"], "widgets": [], "actions": ["go"]}


def settings(**changes: Any) -> WebSettings:
    return WebSettings(**{"auth": AnonymousAuth(KEY), **changes})


def app_of(server: ChatKitServer[Any] | None = None, **changes: Any) -> Litestar:
    """The web around a server."""
    return create_app(FakeHost(server), settings(**changes))
