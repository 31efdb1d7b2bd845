"""What every kind of auth gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from litestar.types import Scope

from chatkit_host.web.headers import HeaderList


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose request it is, and headers that the answer has to carry (a cookie)."""

    owner: str
    user: Mapping[str, Any]
    headers: HeaderList = field(default_factory=list)


class Auth(Protocol):
    """One kind of auth."""

    def identify(self, scope: Scope) -> Identity:
        """Say who is asking; raises `UnauthorizedError` if that is nobody we know."""
        ...
