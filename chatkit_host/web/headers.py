"""Headers as ASGI has them."""

from __future__ import annotations

from litestar.types import Scope

HeaderList = list[tuple[bytes, bytes]]


def header(scope: Scope, name: bytes) -> str | None:
    """The first value of a header, named in lower case; None if there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return value.decode("latin-1")
    return None


def cookie(scope: Scope, name: str) -> str | None:
    """The value of a cookie; None if there is none."""
    for key, value in scope["headers"]:
        if key != b"cookie":
            continue
        # http.cookies reads them too, but gives all of them up for one that it does not like.
        for pair in value.decode("latin-1").split(";"):
            given, _, text = pair.partition("=")
            if given.strip() == name:
                return text.strip()
    return None


def is_tls(scope: Scope) -> bool:
    """Whether the client came over TLS, as far as the server or its trusted proxy knows."""
    return scope.get("scheme") in ("https", "wss")
