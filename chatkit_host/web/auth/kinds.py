"""The kinds of auth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chatkit_host.config.auth import AnonymousAuth as AnonymousConfig
from chatkit_host.config.auth import ApiKeysAuth as ApiKeysConfig
from chatkit_host.web.auth.anonymous import AnonymousAuth
from chatkit_host.web.auth.api_keys import ApiKeysAuth
from chatkit_host.web.auth.identity import Auth

Recipe = AnonymousConfig | ApiKeysConfig
Make = Callable[[Any, bytes], Auth]

KINDS: dict[str, Make] = {
    "anonymous": lambda _recipe, key: AnonymousAuth(key),
    "api_keys": lambda recipe, _key: ApiKeysAuth(recipe.api_keys),
}


def make_auth(recipe: Recipe, key: bytes) -> Auth:
    """Build what the `auth` section asks for; `key` signs what it gives out."""
    return KINDS[recipe.kind](recipe, key)
