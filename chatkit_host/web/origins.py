"""The second question: from which page does this come? (CORS and its neighbours)"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from chatkit_host.errors import ForbiddenError
from chatkit_host.web.headers import HeaderList, header

HEADER_NAMES = re.compile(r"[A-Za-z0-9\-, ]{1,1000}")
DEFAULT_HEADER_NAMES = "authorization, content-type"


class OriginGate:
    """Refuses pages of other origins, but for those that are allowed.

    These get CORS headers without credentials: such a page shows a bearer token, never a cookie.
    """

    def __init__(self, app: ASGIApp, allowed: Iterable[str], public_url: str | None) -> None:
        self.app = app
        self._allowed = frozenset(origin.rstrip("/").lower() for origin in allowed)
        self._own = frozenset({origin_of(public_url)} if public_url else ())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, answer a preflight, or refuse."""
        origin = header(scope, b"origin")
        if origin is None or self._is_own(origin, scope):
            return await self.app(scope, receive, send)
        if origin.lower() not in self._allowed:
            raise ForbiddenError(
                "Pages of this origin may not use this server. "
                "Add the origin to server.allowed_origins."
            )
        if is_preflight(scope):
            return await _send_empty(send, preflight_headers(scope, origin))
        return await self.app(scope, receive, _with_headers(send, cors_headers(origin)))

    def _is_own(self, origin: str, scope: Scope) -> bool:
        """A page that we served ourselves; TLS may have ended at a proxy, so only hosts count."""
        host = header(scope, b"host") or ""
        return origin.lower() in self._own or _host_in(origin) == host.lower() != ""


def _host_in(origin: str) -> str:
    """The host that an origin names; nothing where it makes no sense."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def origin_of(url: str) -> str:
    """The origin of a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def refuse_ambient(scope: Scope) -> None:
    """Refuses what other pages can make a browser send, with its cookie, without an `Origin`.

    An `<img>` of another site is a GET like any other; so is one of our own page whose address a
    model has written. Browsers say so, where they trust the connection (TLS, or this machine).

    Raises:
        ForbiddenError: no script of an allowed page asks, nor whoever types the address.
    """
    if header(scope, b"origin") is not None:
        return  # which has been looked at
    site, kind = header(scope, b"sec-fetch-site"), header(scope, b"sec-fetch-dest")
    if site in ("cross-site", "same-site") or kind not in (None, "empty", "document"):
        raise ForbiddenError("This is for scripts of the host's own pages.")


def is_preflight(scope: Scope) -> bool:
    """Whether a browser asks if it may ask."""
    asked = header(scope, b"access-control-request-method")
    return scope.get("method") == "OPTIONS" and asked is not None


def cors_headers(origin: str) -> HeaderList:
    """Lets the page of this origin read the answer."""
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-expose-headers", b"retry-after"),
        (b"vary", b"Origin"),
    ]


def preflight_headers(scope: Scope, origin: str) -> HeaderList:
    """Lets the page send what it asked for: it carries no cookies, so its headers are its own."""
    asked = header(scope, b"access-control-request-headers") or ""
    names = asked if HEADER_NAMES.fullmatch(asked) else DEFAULT_HEADER_NAMES
    return [
        *cors_headers(origin),
        (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE, OPTIONS"),
        (b"access-control-allow-headers", names.encode("latin-1")),
        (b"access-control-max-age", b"600"),
    ]


def _with_headers(send: Send, headers: HeaderList) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *headers]
        await send(message)

    return send_with_headers


async def _send_empty(send: Send, headers: HeaderList) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
