"""Who we say we are to the servers of models."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.metadata import version

from agents import __version__ as agents_version
from agents.models.chatcmpl_helpers import HEADERS_OVERRIDE
from agents.models.openai_responses import _HEADERS_OVERRIDE

_PLACES: tuple[ContextVar[dict[str, str] | None], ...] = (HEADERS_OVERRIDE, _HEADERS_OVERRIDE)


@contextmanager
def agents_sdk_user_agent_override() -> Iterator[None]:
    """Within, requests to models name this host too; afterwards, whatever happened, as before."""
    name = f"Agents/Python {agents_version} ChatKit-Host/Python {version('chatkit-host')}"
    tokens = [(place, place.set({"User-Agent": name})) for place in _PLACES]
    try:
        yield
    finally:
        for place, token in tokens:
            place.reset(token)
