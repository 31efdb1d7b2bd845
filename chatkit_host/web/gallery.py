"""GET /widgets: the gallery, in development (docs/gallery.md)."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import Any

from litestar import MediaType, Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.types import Scope
from pydantic_core import from_json

from chatkit_host.errors import InvalidRequestError
from chatkit_host.gallery import LiveWidgets, catalogue
from chatkit_host.web.body import check_media_type, read_body
from chatkit_host.web.content_policy import policy_headers
from chatkit_host.web.errors import json_response
from chatkit_host.web.gate import host_name
from chatkit_host.web.headers import header
from chatkit_host.web.listening import is_loopback
from chatkit_host.web.page import template
from chatkit_host.web.page_options import page_options
from chatkit_host.web.settings import WebSettings
from chatkit_host.web.ui_files import entry, is_built

PROXIED = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via")
"""What proxies say of those who asked them."""

AnyRequest = Request[Any, Any, Any]


def gallery_routes(widgets: LiveWidgets | None, settings: WebSettings) -> list[HTTPRouteHandler]:
    """The page and what it asks for; none where it is not wanted."""
    if widgets is None:
        return []

    @get("/widgets", media_type=MediaType.HTML, sync_to_thread=True)
    def page(request: AnyRequest) -> Response[str]:
        check_local(request.scope)
        html = render(widgets.look().config.name, settings)
        headers = {**policy_headers(settings.allow), "cache-control": "no-store"}
        return Response(html, headers=headers)

    @get("/widgets/catalogue.json", sync_to_thread=True)
    def components(request: AnyRequest) -> Response[bytes]:
        check_local(request.scope)
        return _unless_known(request.scope, catalogue())

    @get("/widgets/shown.json", sync_to_thread=True)
    def shown(request: AnyRequest) -> Response[bytes]:
        check_local(request.scope)
        found = widgets.look()
        theme = page_options(found.config).get("theme", {})
        return _unless_known(request.scope, {**found.as_json(), "theme": theme})

    @post("/widgets/render", status_code=200)
    async def rendered(request: AnyRequest) -> Response[bytes]:
        check_local(request.scope)
        check_media_type(request.scope)
        limits = settings.max_body, settings.body_timeout
        body = await read_body(request.scope, request.receive, *limits)
        name, data = _asked(body)
        return json_response(_json(await asyncio.to_thread(widgets.render, name, data)))

    return [page, components, shown, rendered]


def check_local(scope: Scope) -> None:
    """Whoever comes through a proxy, or under a name, is no developer at this machine."""
    client = scope.get("client")
    name = host_name(header(scope, b"host") or "")
    is_local = client is not None and is_loopback(client[0]) and is_loopback(name or "")
    if not is_local or any(header(scope, each) is not None for each in PROXIED):
        raise NotFoundException


def render(name: str, settings: WebSettings) -> str:
    """The page's HTML."""
    if not is_built():
        return str(template("missing.html.j2").render(name=name))
    page = template("gallery.html.j2").render(
        name=name,
        locale=settings.options.get("locale", ""),
        style=entry("src/page/page.css"),
        script=entry("src/gallery/gallery.ts"),
    )
    return str(page)


def _asked(body: bytes) -> tuple[str, dict[str, Any]]:
    try:
        given = from_json(body)
    except ValueError:
        raise InvalidRequestError("The body is not JSON.") from None
    name = given.get("name") if isinstance(given, dict) else None
    data = given.get("data", {}) if isinstance(given, dict) else None
    if not isinstance(name, str) or not isinstance(data, dict):
        raise InvalidRequestError("A name and data are wanted: a text and a map.")
    return name, data


def _unless_known(scope: Scope, value: Any) -> Response[bytes]:
    """The value as JSON, unless the page has it: it asks every second."""
    body = _json(value)
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"etag": etag, "cache-control": "no-cache"}
    if header(scope, b"if-none-match") == etag:
        return json_response(b"", 304, headers)
    return json_response(body, 200, headers)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
