"""A compiled chatkit.yaml: what the web serves, and what opens and closes it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from chatkit_host.compiler.attachments import Uploads
from chatkit_host.compiler.endpoints import DeclaredEndpoint
from chatkit_host.config.root import Config
from chatkit_host.context import RequestContext
from chatkit_host.errors import UnavailableError
from chatkit_host.server import ChatKitServer
from chatkit_host.store import Store
from chatkit_host.types.codec import warm


class EntityBackend(Protocol):
    """Knows what can be mentioned."""

    async def search_entities(
        self, query: str, thread_id: str | None, context: RequestContext
    ) -> list[dict[str, Any]]:
        """Entities that fit a query."""
        ...

    async def preview_entity(
        self, entity: Mapping[str, Any], thread_id: str | None, context: RequestContext
    ) -> dict[str, Any] | None:
        """The widget that shows an entity, if there is one."""
        ...


class Parts(Protocol):
    """What the app opens and closes around its server."""

    @property
    def store(self) -> Store[RequestContext]:
        """Where threads are."""
        ...

    @property
    def entities(self) -> EntityBackend | None:
        """What knows of things that can be mentioned, if there are any."""
        ...

    def load(self) -> None:
        """Import and make what takes long; runs in a thread."""
        ...

    async def aclose(self) -> None:
        """Close all connections but the store's."""
        ...

    def describe(self) -> Mapping[str, Sequence[str]]:
        """Names by kind, for people to read."""
        ...


class App:
    """One bot, ready to be started.

    Attributes:
        config: the file that it was made from.
        server: the generated server, or the author's own; it works once `start` has come back.
        store: where its threads are.
        uploads: where its files are; none if it takes none.
        endpoints: what answers at paths of the file's own.
    """

    def __init__(
        self,
        config: Config,
        parts: Parts,
        server: ChatKitServer[RequestContext],
        uploads: Uploads | None = None,
        endpoints: Sequence[DeclaredEndpoint] = (),
    ) -> None:
        self.config = config
        self.endpoints = endpoints
        self.server = server
        self.store: Store[RequestContext] = parts.store
        self.uploads = None if uploads is None else uploads.store
        self._uploads = uploads
        self._parts = parts
        self._started = False

    @property
    def entities(self) -> EntityBackend | None:
        """What knows of things that can be mentioned, if there are any."""
        return self._parts.entities

    @property
    def name(self) -> str:
        """What the bot is called."""
        return self.config.name

    async def start(self) -> None:
        """Open the store; load the Agents SDK (1 to 2 s) and build the wire's validators beside."""
        await asyncio.gather(
            self._open(),
            asyncio.to_thread(self._parts.load),
            asyncio.to_thread(warm),
        )
        self._started = True

    async def _open(self) -> None:
        await self.store.start()
        if self._uploads is not None:
            await self._uploads.start()

    async def close(self) -> None:
        """Close the stores and the connections to models. Turns end before: `server.shutdown`."""
        await self._parts.aclose()
        if self._uploads is not None:
            await self._uploads.aclose()
        await self.store.close()

    async def ready(self) -> None:
        """Come back if requests can be answered; raises UnavailableError with the reason if not."""
        if not self._started:
            raise UnavailableError("The host is still starting.")
        await self.store.ready()

    def describe(self) -> Mapping[str, Sequence[str]]:
        """Names by kind, for people to read."""
        return self._parts.describe()
