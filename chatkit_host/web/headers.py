"""Headers as ASGI has them."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from litestar.types import Scope

HeaderList = list[tuple[bytes, bytes]]


def header(scope: Scope, name: bytes) -> str | None:
    """The first value of a header, named in lower case; None if there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return value.decode("latin-1")
    return None


def cookie(scope: Scope, name: str) -> str | None:
    """The value of a cookie; None if there is none, or none that can be read."""
    for key, value in scope["headers"]:
        if key != b"cookie":
            continue
        try:
            morsel = SimpleCookie(value.decode("latin-1")).get(name)
        except CookieError:
            continue
        if morsel is not None:
            return morsel.value
    return None


def is_tls(scope: Scope) -> bool:
    """Whether the client came over TLS, as far as the server or its trusted proxy knows."""
    return scope.get("scheme") in ("https", "wss")
