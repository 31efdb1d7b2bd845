"""Our web application around the bench's server, without a chatkit.yaml."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from litestar import Litestar

from bench.ours.server import OurServer
from chatkit_host.store import SqlStore
from chatkit_host.store.open import open_sql_store
from chatkit_host.types import codec
from chatkit_host.web.app import create_app
from chatkit_host.web.auth.anonymous import AnonymousAuth
from chatkit_host.web.settings import WebSettings


class BenchHost:
    """What the compiler would have made of a file."""

    endpoints = ()
    name = "bench"
    entities = None
    uploads = None

    def __init__(self, store: SqlStore, *, light: bool) -> None:
        self._store = store
        self.server = OurServer(store, light=light)

    async def start(self) -> None:
        """Open the store."""
        codec.warm()
        await self._store.start()

    async def close(self) -> None:
        """Close the store."""
        await self._store.close()

    async def ready(self) -> None:
        """It always is."""

    def describe(self) -> Mapping[str, Sequence[str]]:
        """Nothing but the answers is in it."""
        return {}


def our_app(database: str, *, light: bool = False) -> Litestar:
    """The application, with its data in this file and cookies for its visitors."""
    store = open_sql_store(f"sqlite:///{database}", base_dir=Path("/"))
    settings = WebSettings(auth=AnonymousAuth(secrets.token_bytes(32)))
    return create_app(BenchHost(store, light=light), settings)
