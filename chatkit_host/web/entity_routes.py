"""What an element asks about things that can be mentioned: a search, and a preview.

These two are ours; the ChatKit protocol leaves them to the page.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from litestar.handlers import ASGIRouteHandler, asgi
from litestar.types import Receive, Scope, Send

from chatkit_host.config.values import Rate
from chatkit_host.context import RequestContext
from chatkit_host.errors import InvalidRequestError
from chatkit_host.types.strict import read_json
from chatkit_host.web.auth.identity import Identity
from chatkit_host.web.body import check_media_type, read_body
from chatkit_host.web.boot import Boot
from chatkit_host.web.endpoint import check_method, context_of, send_json
from chatkit_host.web.errors import MethodNotAllowedError
from chatkit_host.web.host import EntityBackend
from chatkit_host.web.limits import Buckets, address_key
from chatkit_host.web.settings import WebSettings

LONGEST_QUERY = 200
PER_MESSAGE = 20
"""How many searches and previews go with one message that `limits` allows: one a keystroke."""


class EntityRoutes:
    """The search, and the preview."""

    def __init__(self, entities: EntityBackend, boot: Boot, settings: WebSettings) -> None:
        self._entities = entities
        self._boot = boot
        self._settings = settings
        rate = settings.messages
        self._buckets = Buckets(Rate(rate.count * PER_MESSAGE, rate.seconds)) if rate else None

    async def search(self, scope: Scope, send: Send) -> None:
        """The entities that fit `query`, in the light of the thread `thread_id` if there is one."""
        method = scope.get("method")
        if method != "GET":
            raise MethodNotAllowedError(f"This path takes GET, not {method}.", allow="GET")
        given = parse_qs(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        query = given.get("query", [""])[-1]
        if len(query) > LONGEST_QUERY:
            raise InvalidRequestError(f"query: at most {LONGEST_QUERY} characters")
        identity, context = await self._enter(scope)
        thread_id = given.get("thread_id", [None])[-1] or None
        found = await self._entities.search_entities(query.strip(), thread_id, context)
        await send_json(send, _json({"entities": found}), identity.headers)

    async def preview(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The widget that shows an entity, or null."""
        check_method(scope)
        check_media_type(scope)
        settings = self._settings
        identity, context = await self._enter(scope)
        body = await read_body(scope, receive, settings.max_body, settings.body_timeout)
        entity, thread_id = _entity_of(body)
        preview = await self._entities.preview_entity(entity, thread_id, context)
        await send_json(send, _json({"preview": preview}), identity.headers)

    async def _enter(self, scope: Scope) -> tuple[Identity, RequestContext]:
        identity = self._settings.auth.identify(scope)
        if self._buckets is not None:
            self._buckets.take(f"owner:{identity.owner}", address_key(scope.get("client")))
        await self._boot.started()
        return identity, context_of(identity, scope, self._settings)


def entity_routes(
    entities: EntityBackend | None, boot: Boot, settings: WebSettings
) -> list[ASGIRouteHandler]:
    """The routes, below the endpoint's own path; none where nothing can be mentioned."""
    if entities is None:
        return []
    routes = EntityRoutes(entities, boot, settings)
    path = f"{settings.path.rstrip('/')}/entities"

    @asgi(path, copy_scope=False, name="entities")
    async def search(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        await routes.search(scope, send)

    @asgi(f"{path}/preview", copy_scope=False, name="entity_preview")
    async def preview(scope: Scope, receive: Receive, send: Send) -> None:
        await routes.preview(scope, receive, send)

    return [search, preview]


def _entity_of(body: bytes) -> tuple[dict[str, Any], str | None]:
    """What is asked about: an entity as clients know it, with every field that templates see."""
    try:
        given = read_json(body)
    except ValueError:
        raise InvalidRequestError("The body is not JSON.") from None
    entity = given.get("entity") if isinstance(given, dict) else None
    if not isinstance(entity, dict):
        raise InvalidRequestError("entity: a map is wanted, with an id and a title")
    thread_id = given.get("thread_id")
    if not isinstance(thread_id, str | None):
        raise InvalidRequestError("thread_id: a text is wanted")
    return {
        name: check(entity.get(name), name) for name, check in _FIELDS.items()
    }, thread_id or None


def _wanted(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise InvalidRequestError(f"entity.{name}: a text is wanted")
    return value


def _text(value: Any, name: str) -> str | None:
    return None if value is None else _wanted(value, name)


def _map(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value or {}, dict):
        raise InvalidRequestError(f"entity.{name}: a map is wanted")
    return dict(value or {})


_FIELDS: dict[str, Callable[[Any, str], Any]] = {
    "id": _wanted,
    "title": _wanted,
    "group": _text,
    "icon": _text,
    "interactive": lambda value, _: bool(value),
    "data": _map,
}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
