"""What the compiler hands over to the web."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from chatkit_host.config.endpoints import Route
from chatkit_host.context import RequestContext
from chatkit_host.server.results import NonStreamingResult, StreamingResult
from chatkit_host.store.uploads import HostedAttachmentStore


class Backend(Protocol):
    """The part of a `ChatKitServer` that the web talks to."""

    @property
    def busy(self) -> int:
        """How many turns are running."""
        ...

    async def process(
        self, request: bytes, context: RequestContext
    ) -> StreamingResult | NonStreamingResult:
        """Take one request of the protocol; raises `RequestError` before anything begins."""
        ...

    async def resume_turn(
        self, thread_id: str, context: RequestContext, *, after: str | None = None
    ) -> StreamingResult | None:
        """Take up a thread's answer again; None when there is nothing to read."""
        ...

    async def cancel_turn(self, thread_id: str, context: RequestContext) -> bool:
        """Stop a thread's answer; tells whether there was one."""
        ...

    async def shutdown(self, grace: float) -> None:
        """Let turns finish for `grace` seconds, then cancel and save them."""
        ...


class EntityBackend(Protocol):
    """Knows what can be mentioned."""

    async def search_entities(
        self, query: str, thread_id: str | None, context: RequestContext
    ) -> list[dict[str, Any]]:
        """Entities that fit; raises `RequestError`."""
        ...

    async def preview_entity(
        self, entity: Mapping[str, Any], thread_id: str | None, context: RequestContext
    ) -> dict[str, Any] | None:
        """The widget that shows an entity, if there is one; raises `RequestError`."""
        ...


class HostEndpoint(Protocol):
    """What answers at one path of the file's own."""

    @property
    def route(self) -> Route:
        """Its method and path."""
        ...

    @property
    def description(self) -> str:
        """What it is for."""
        ...

    @property
    def parameters(self) -> dict[str, Any]:
        """The JSON Schema of all its parameters."""
        ...

    async def call(
        self,
        path: Mapping[str, str],
        query: Iterable[tuple[str, str]],
        body: bytes | None,
        context: RequestContext,
    ) -> bytes | None:
        """The answer's JSON, or none; raises `RequestError`."""
        ...


class Host(Protocol):
    """A compiled chatkit.yaml, ready to be started."""

    @property
    def name(self) -> str:
        """What the bot is called."""
        ...

    @property
    def server(self) -> Backend:
        """The generated server."""
        ...

    @property
    def entities(self) -> EntityBackend | None:
        """What can be mentioned, if anything can."""
        ...

    @property
    def uploads(self) -> HostedAttachmentStore | None:
        """Where its files are; none if it takes none."""
        ...

    @property
    def endpoints(self) -> Sequence[HostEndpoint]:
        """What answers at paths of the file's own; the first that fits is the one."""
        ...

    async def start(self) -> None:
        """Open the store and load what runs agents."""
        ...

    async def close(self) -> None:
        """Give everything back."""
        ...

    async def ready(self) -> None:
        """Come back when requests can be answered; raises `UnavailableError` when they cannot."""
        ...

    def describe(self) -> Mapping[str, Sequence[str]]:
        """Names by kind (agents, tools, widgets, actions …), for people to read."""
        ...
