"""GET /about: a page that says what runs here."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

from litestar import MediaType, Response, route
from litestar.handlers import HTTPRouteHandler
from litestar.types import Scope

from chatkit_host.web.examples import examples
from chatkit_host.web.headers import header
from chatkit_host.web.host import Host
from chatkit_host.web.settings import WebSettings

# Nothing from elsewhere, no script, nobody's frame.
PAGE_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


def about_routes(host: Host, settings: WebSettings) -> list[HTTPRouteHandler]:
    """The page and its style sheet."""

    @route("/about", http_method=["GET", "HEAD"], media_type=MediaType.HTML, sync_to_thread=False)
    def about(scope: Scope) -> Response[str]:
        response = Response(render(host, settings, _base_url(scope, settings)))
        response.headers.update({**PAGE_HEADERS, "cache-control": "no-store"})
        if not settings.uses_keys:
            # The page's first requests go out together: they had better be one visitor's.
            for _, cookie in settings.auth.identify(scope).headers:
                response.headers["set-cookie"] = cookie.decode()
        return response

    @route(
        "/assets/about.css",
        http_method=["GET", "HEAD"],
        media_type=MediaType.CSS,
        sync_to_thread=False,
    )
    def style() -> Response[bytes]:
        return Response(_page_file("about.css"), headers={"x-content-type-options": "nosniff"})

    return [about, style]


def render(host: Host, settings: WebSettings, base_url: str) -> str:
    """The page's HTML."""
    # A stranger on a network need not know what the bot is made of.
    parts = host.describe() if settings.is_private else {}
    url = base_url + settings.path
    page = _template().render(
        name=host.name,
        url=url,
        uses_keys=settings.uses_keys,
        parts={kind: list(names) for kind, names in parts.items() if names},
        examples=examples(url, uses_keys=settings.uses_keys, parts=parts),
    )
    return str(page)


def _base_url(scope: Scope, settings: WebSettings) -> str:
    if settings.public_url:
        return settings.public_url.rstrip("/")
    return f"{scope.get('scheme', 'http')}://{header(scope, b'host') or settings.listen_host}"


@lru_cache(maxsize=1)
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(_page_file("about.html.j2").decode())


@lru_cache(maxsize=4)
def _page_file(name: str) -> bytes:
    return files("chatkit_host.web").joinpath("pages", name).read_bytes()
