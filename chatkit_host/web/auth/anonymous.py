"""`auth: anonymous`: each browser is an owner of its own, by a signed cookie."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import lru_cache

from itsdangerous import BadSignature, TimestampSigner
from litestar.types import Scope

from chatkit_host import clock
from chatkit_host.web.auth.identity import Identity
from chatkit_host.web.headers import cookie, header, is_tls

COOKIE = "chatkit_visitor"
# Browsers keep no cookie for longer than 400 days (RFC 6265bis).
LIFETIME = timedelta(days=400)
RENEW_AFTER = timedelta(days=30)
SALT = "chatkit-host.visitor"
REMEMBERED = 4_096
"""Cookies whose signature need not be checked again."""


class AnonymousAuth:
    """Knows a visitor by the cookie it gave; gives a new one to all others.

    Args:
        key: the secret that cookies are signed with; a cookie of another key is a stranger's.
    """

    def __init__(self, key: bytes) -> None:
        self._signer = _Signer(key, salt=SALT, digest_method=hashlib.sha256)
        # A visitor shows the same cookie with each request, and checking it is not cheap.
        self._signed = lru_cache(maxsize=REMEMBERED)(self._check_signature)

    def identify(self, scope: Scope) -> Identity:
        """The owner that the cookie names, or a new one with a cookie for it."""
        known = self._read(cookie(scope, cookie_name(scope)))
        if known is None:
            return self._identity(f"anon_{secrets.token_hex(16)}", scope, give_cookie=True)
        owner, signed_at = known
        return self._identity(owner, scope, give_cookie=clock.now() - signed_at > RENEW_AFTER)

    def _identity(self, owner: str, scope: Scope, *, give_cookie: bool) -> Identity:
        headers = [(b"set-cookie", self._cookie(owner, scope))] if give_cookie else []
        return Identity(owner, {"id": owner, "anonymous": True}, headers)

    def _read(self, value: str | None) -> tuple[str, datetime] | None:
        known = self._signed(value) if value else None
        if known is None or clock.now() - known[1] > LIFETIME:
            return None
        return known

    def _check_signature(self, value: str) -> tuple[str, datetime] | None:
        try:
            owner, signed_at = self._signer.unsign(value, return_timestamp=True)
            return owner.decode("ascii"), signed_at
        except (BadSignature, UnicodeError):
            return None

    def _cookie(self, owner: str, scope: Scope) -> bytes:
        parts = [
            f"{cookie_name(scope)}={self._signer.sign(owner).decode()}",
            "Path=/",
            f"Max-Age={int(LIFETIME.total_seconds())}",
            "HttpOnly",
            "SameSite=Lax",
        ]
        return "; ".join(parts + ["Secure"] * is_tls(scope)).encode()


def cookie_name(scope: Scope) -> str:
    """The cookie's name. Cookies know no ports: two bots on one machine would share theirs."""
    _, _, port = (header(scope, b"host") or "").rpartition(":")
    return f"{COOKIE}_{port}" if port.isdecimal() else COOKIE


class _Signer(TimestampSigner):
    """Signs with the project's clock, which tests replace."""

    def get_timestamp(self) -> int:
        return int(clock.now().timestamp())
