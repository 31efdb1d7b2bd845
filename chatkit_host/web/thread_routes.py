"""What a client can do about a running answer: take up its stream again, and stop it.

These two are ours; the ChatKit protocol knows nothing of them.
"""

from __future__ import annotations

import json

from litestar.handlers import ASGIRouteHandler, asgi
from litestar.types import Receive, Scope, Send

from chatkit_host.context import RequestContext
from chatkit_host.errors import NotFoundError
from chatkit_host.web.auth.identity import Identity
from chatkit_host.web.body import check_media_type
from chatkit_host.web.boot import Boot
from chatkit_host.web.endpoint import context_of, send_json
from chatkit_host.web.errors import MethodNotAllowedError
from chatkit_host.web.headers import HeaderList, header
from chatkit_host.web.host import Host
from chatkit_host.web.settings import WebSettings
from chatkit_host.web.streaming import send_stream


class ThreadRoutes:
    """The stream of one thread's answer, and its end."""

    def __init__(self, host: Host, boot: Boot, settings: WebSettings) -> None:
        self._host = host
        self._boot = boot
        self._settings = settings

    async def stream(self, thread_id: str, scope: Scope, receive: Receive, send: Send) -> None:
        """The events that the client has not seen: 204 where nothing was missed, nor runs."""
        _check_method(scope, "GET")
        identity, context = await self._enter(scope)
        seen = header(scope, b"last-event-id")
        result = await self._host.server.resume_turn(thread_id, context, after=seen)
        if result is None:
            return await _send_nothing(send, identity.headers)
        chunks = result.numbered_batches()
        keep_alive = self._settings.keep_alive
        return await send_stream(chunks, receive, send, identity.headers, keep_alive)

    async def cancel(self, thread_id: str, scope: Scope, send: Send) -> None:
        """Stop the answer; the response comes when what there is of it is stored."""
        _check_method(scope, "POST")
        check_media_type(scope)
        identity, context = await self._enter(scope)
        cancelled = await self._host.server.cancel_turn(thread_id, context)
        await send_json(send, json.dumps({"cancelled": cancelled}).encode(), identity.headers)

    async def _enter(self, scope: Scope) -> tuple[Identity, RequestContext]:
        identity = self._settings.auth.identify(scope)
        await self._boot.started()
        return identity, context_of(identity, scope, self._settings)


def thread_routes(host: Host, boot: Boot, settings: WebSettings) -> ASGIRouteHandler:
    """The routes, below the endpoint's own path."""
    routes = ThreadRoutes(host, boot, settings)

    # Litestar finds no raw route whose path has a parameter (2.25), so this takes all below it.
    @asgi(f"{settings.path.rstrip('/')}/threads", is_mount=True, copy_scope=False, name="threads")
    async def threads(scope: Scope, receive: Receive, send: Send) -> None:
        match scope["path"].strip("/").split("/"):
            case [thread_id, "stream"]:
                await routes.stream(thread_id, scope, receive, send)
            case [thread_id, "cancel"]:
                await routes.cancel(thread_id, scope, send)
            case _:
                raise NotFoundError("There is nothing at this path.")

    return threads


def _check_method(scope: Scope, wanted: str) -> None:
    method = scope.get("method")
    if method != wanted:
        raise MethodNotAllowedError(f"This path takes {wanted}, not {method}.", allow=wanted)


async def _send_nothing(send: Send, headers: HeaderList) -> None:
    fixed = [(b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 204, "headers": fixed + headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
