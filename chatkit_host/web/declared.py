"""What chatkit.yaml puts at paths of its own: endpoints, and folders of files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote

from litestar import Request, Response, route
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.types import Scope

from chatkit_host.errors import InvalidRequestError
from chatkit_host.web.body import check_media_type, read_body
from chatkit_host.web.content_policy import policy_headers
from chatkit_host.web.endpoint import Endpoint, context_of
from chatkit_host.web.errors import MethodNotAllowedError, json_response
from chatkit_host.web.host import Host, HostEndpoint
from chatkit_host.web.origins import refuse_ambient
from chatkit_host.web.settings import WebSettings
from chatkit_host.web.static_files import StaticFolders

ALL_METHODS: list[Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]] = [
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
]
MOST_PARAMETERS = 100


def declared_routes(
    host: Host, endpoint: Endpoint, settings: WebSettings
) -> list[HTTPRouteHandler]:
    """One route, for all paths that are nobody else's; none if nothing is declared."""
    if not host.endpoints and not settings.static:
        return []
    endpoints = Endpoints(host, endpoint, settings)
    folders = StaticFolders(settings.static, policy_headers(settings.allow))

    # Litestar's own patterns do not look back when a plain part has led nowhere.
    @route("/{rest:path}", http_method=ALL_METHODS)
    async def declared(request: Request[Any, Any, Any]) -> Response[bytes]:
        found = await folders.answer(request.scope)
        return found or await endpoints.answer(request)

    return [declared]


class Endpoints:
    """The endpoints of the file: found by path and method, and guarded like /chatkit."""

    def __init__(self, host: Host, endpoint: Endpoint, settings: WebSettings) -> None:
        self._host = host
        self._chatkit = endpoint
        self._settings = settings

    async def answer(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        """Take one request from its headers to its answer."""
        scope, settings = request.scope, self._settings
        endpoint, path = self._find(scope)
        refuse_ambient(scope)
        takes_body = endpoint.route.takes_body
        if takes_body:
            check_media_type(scope)
        identity = settings.auth.identify(scope)
        body = b""
        if takes_body:
            body = await read_body(scope, request.receive, settings.max_body, settings.body_timeout)
        if endpoint.route.method != "GET":
            self._chatkit.count(identity, scope)
        context = context_of(identity, scope, settings)
        await self._chatkit.started()
        query = _query(scope)
        if takes_body and query:
            raise InvalidRequestError("Parameters come in the body here, and not in the query.")
        json = await endpoint.call(path, query, body if takes_body else None, context)
        response = json_response(json or b"", 204 if json is None else 200)
        for name, value in identity.headers:
            response.headers[name.decode()] = value.decode()
        return response

    def _find(self, scope: Scope) -> tuple[HostEndpoint, Mapping[str, str]]:
        parts = path_parts(scope)
        method = "GET" if scope.get("method") == "HEAD" else scope.get("method")
        fitting = [(each, _fit(each, parts)) for each in self._host.endpoints]
        found = [(each, values) for each, values in fitting if values is not None]
        for endpoint, values in found:
            if endpoint.route.method == method:
                return endpoint, values
        if not found:
            raise NotFoundException
        allowed = ", ".join(dict.fromkeys(each.route.method for each, _ in found))
        raise MethodNotAllowedError(f"This path takes {allowed}, not {method}.", allow=allowed)


def path_parts(scope: Scope) -> list[str]:
    """The parts of the path, each decoded by itself: what is encoded in one stays in it."""
    raw = scope.get("raw_path") or scope["path"].encode()
    path = raw.decode("latin-1").partition("?")[0].strip("/")
    return [unquote(part) for part in path.split("/")]


def _fit(endpoint: HostEndpoint, parts: list[str]) -> dict[str, str] | None:
    """The values of the path's parameters; None if it is not this endpoint's path."""
    wanted = endpoint.route.parts
    if len(wanted) != len(parts):
        return None
    if any(own != part for own, part in zip(wanted, parts, strict=True) if own is not None):
        return None
    values = [part for own, part in zip(wanted, parts, strict=True) if own is None]
    return dict(zip(endpoint.route.names, values, strict=True)) if all(values) else None


def _query(scope: Scope) -> list[tuple[str, str]]:
    text = scope.get("query_string", b"").decode("latin-1")
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError as error:
        raise InvalidRequestError(f"The query cannot be read: {error}") from error
