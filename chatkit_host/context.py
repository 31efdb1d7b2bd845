"""Who asks, and from where: what the server, the templates and the tools know of a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class RequestContext:
    """`user` always has an "id"; `request` holds the request facts that templates may see."""

    owner: str
    user: Mapping[str, Any]
    request: Mapping[str, str | None] = field(default_factory=dict)
    base_url: str | None = None
