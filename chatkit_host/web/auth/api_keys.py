"""`auth: api_keys`: a bearer token names the user."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from litestar.types import Scope

from chatkit_host.config.auth import ApiKey
from chatkit_host.web.auth.identity import Identity
from chatkit_host.web.errors import UnauthorizedError
from chatkit_host.web.headers import header


class ApiKeysAuth:
    """Knows users by `Authorization: Bearer <key>`."""

    def __init__(self, keys: Iterable[ApiKey]) -> None:
        self._keys = [(_digest(_bytes(key)), _identity(key)) for key in keys]

    def identify(self, scope: Scope) -> Identity:
        """The user who has the key."""
        scheme, _, given = (header(scope, b"authorization") or "").partition(" ")
        if scheme.lower() != "bearer" or not given.strip():
            raise UnauthorizedError("An API key is needed: send it as 'Authorization: Bearer …'.")
        identity = self._find(_digest(given.strip().encode("latin-1")))
        if identity is None:
            raise UnauthorizedError("This API key is not known here.")
        return identity

    def _find(self, digest: bytes) -> Identity | None:
        """Looks at every key, and at all of it, so that time tells nothing."""
        found = None
        for known, identity in self._keys:
            if hmac.compare_digest(known, digest):
                found = identity
        return found


def _bytes(key: ApiKey) -> bytes:
    return key.key.get_secret_value().encode()


def _digest(key: bytes) -> bytes:
    """Digests are equally long: a comparison of keys would tell their length."""
    return hashlib.sha256(key).digest()


def _identity(key: ApiKey) -> Identity:
    # The prefix keeps named users apart from visitors (`anon_…`), if the kind of auth changes.
    return Identity(f"user:{key.user}", key.as_user())
