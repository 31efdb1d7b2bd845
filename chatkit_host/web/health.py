"""Is the process alive, and can it work?"""

from __future__ import annotations

import asyncio
import json

from litestar import MediaType, Response, route
from litestar.handlers import HTTPRouteHandler

from chatkit_host.errors import UnavailableError
from chatkit_host.web.boot import Boot
from chatkit_host.web.errors import json_response, log_unexpected

PATIENCE = 5.0
"""Seconds in which the store has to answer; probes give up soon after."""


def health_routes(boot: Boot) -> list[HTTPRouteHandler]:
    """`/healthz` and `/readyz`."""

    @route("/healthz", http_method=["GET", "HEAD"], media_type=MediaType.JSON)
    async def healthz() -> Response[bytes]:
        return _answer("ok")

    @route("/readyz", http_method=["GET", "HEAD"], media_type=MediaType.JSON)
    async def readyz() -> Response[bytes]:
        reason = await _why_not(boot)
        return _answer("ready") if reason is None else _answer("unavailable", reason)

    return [healthz, readyz]


async def _why_not(boot: Boot) -> str | None:
    try:
        async with asyncio.timeout(PATIENCE):
            await boot.ready()
    except UnavailableError as error:
        return str(error)
    except TimeoutError:
        return f"The host did not answer within {PATIENCE:g} seconds."
    except Exception as error:
        return f"The host does not answer; its log has the details under {log_unexpected(error)}."
    return None


def _answer(status: str, reason: str | None = None) -> Response[bytes]:
    body = {"status": status} | ({"reason": reason} if reason else {})
    return json_response(json.dumps(body).encode(), 200 if reason is None else 503)
