"""The ChatKit endpoint: bytes in, bytes out."""

from __future__ import annotations

from litestar.handlers import ASGIRouteHandler, asgi
from litestar.types import Receive, Scope, Send

from chatkit_host.context import RequestContext
from chatkit_host.server.results import StreamingResult
from chatkit_host.web.auth.identity import Identity
from chatkit_host.web.body import check_media_type, read_body
from chatkit_host.web.boot import Boot
from chatkit_host.web.errors import MethodNotAllowedError
from chatkit_host.web.headers import HeaderList, header
from chatkit_host.web.host import Host
from chatkit_host.web.limits import Buckets, address_key, announces_file, makes_message
from chatkit_host.web.request_facts import request_facts
from chatkit_host.web.settings import WebSettings
from chatkit_host.web.streaming import send_stream

NUMBERED = b"x-chatkit-host"
"""A client that sends this header gets event ids, and may resume."""


class Endpoint:
    """One POST endpoint for all sixteen operations."""

    def __init__(self, host: Host, boot: Boot, settings: WebSettings) -> None:
        self._host = host
        self._boot = boot
        self._settings = settings
        self._buckets = Buckets(settings.messages) if settings.messages else None
        self._announced = Buckets(settings.uploads, noun="files") if settings.uploads else None

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one request from its headers to the last byte of its answer."""
        settings = self._settings
        check_method(scope)
        check_media_type(scope)
        identity = settings.auth.identify(scope)
        body = await read_body(scope, receive, settings.max_body, settings.body_timeout)
        self._count_by_type(identity, scope, body)
        context = context_of(identity, scope, settings)
        await self._boot.started()
        result = await self._host.server.process(body, context)
        if isinstance(result, StreamingResult):
            numbered = header(scope, NUMBERED) is not None
            chunks = result.numbered_batches() if numbered else result.batches()
            await send_stream(chunks, receive, send, identity.headers, settings.keep_alive)
        else:
            await send_json(send, result.json, identity.headers)

    async def started(self) -> None:
        """Come back when work can be done."""
        await self._boot.started()

    def count(self, identity: Identity, scope: Scope) -> None:
        """Count one message of its owner and address; raises `RateLimitedError`."""
        if self._buckets is not None:
            self._buckets.take(*_keys(identity, scope))

    def _count_by_type(self, identity: Identity, scope: Scope, body: bytes) -> None:
        # Asked in this order: without limits, nobody has to read the body twice.
        if self._buckets is not None and makes_message(body, self._settings.counted):
            self._buckets.take(*_keys(identity, scope))
        if self._announced is not None and announces_file(body):
            self._announced.take(*_keys(identity, scope))


def _keys(identity: Identity, scope: Scope) -> tuple[str, str]:
    return f"owner:{identity.owner}", address_key(scope.get("client"))


def context_of(identity: Identity, scope: Scope, settings: WebSettings) -> RequestContext:
    """Who asks, with which of the headers that templates see, and under which URL.

    Raises:
        InvalidRequestError: a header is missing that the bot cannot do without.
    """
    facts = request_facts(scope, settings.request)
    return RequestContext(identity.owner, identity.user, facts, base_url(scope, settings))


def base_url(scope: Scope, settings: WebSettings) -> str | None:
    """How the client reaches us, without a slash at the end; none if it does not say."""
    if settings.public_url:
        return settings.public_url.rstrip("/")
    host = header(scope, b"host")
    return f"{scope.get('scheme', 'http')}://{host}" if host else None


def chatkit_route(endpoint: Endpoint, path: str) -> ASGIRouteHandler:
    """The endpoint as a raw ASGI route: nothing of the framework comes between its bytes."""

    @asgi(path, copy_scope=False, name="chatkit")
    async def chatkit(scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("method") == "OPTIONS":
            return await _send_options(send)
        return await endpoint.answer(scope, receive, send)

    return chatkit


def check_method(scope: Scope) -> None:
    """A raw route takes every method; this one is for POST."""
    method = scope.get("method")
    if method != "POST":
        raise MethodNotAllowedError(f"Send ChatKit requests with POST, not {method}.")


async def _send_options(send: Send) -> None:
    headers = [(b"allow", b"POST, OPTIONS")]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def send_json(send: Send, body: bytes, headers: HeaderList) -> None:
    """A whole answer of JSON, which nobody keeps or sniffs."""
    fixed = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": fixed + headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
