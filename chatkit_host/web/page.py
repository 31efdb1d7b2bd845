"""GET /: the chat."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

from litestar import MediaType, Response, route
from litestar.handlers import HTTPRouteHandler
from litestar.types import Scope

from chatkit_host.web.content_policy import policy_headers
from chatkit_host.web.host import Host
from chatkit_host.web.settings import WebSettings
from chatkit_host.web.ui_files import entry, is_built


def page_route(host: Host, settings: WebSettings) -> HTTPRouteHandler:
    """The page: the element over the whole of it, or what is missing for that."""
    headers = {**policy_headers(settings.allow), "cache-control": "no-store"}

    @route("/", http_method=["GET", "HEAD"], media_type=MediaType.HTML, sync_to_thread=False)
    def page(scope: Scope) -> Response[str]:
        response = Response(render(host.name, settings), headers=headers)
        if not settings.uses_keys:
            # The page's first requests go out together: they had better be one visitor's.
            for _, cookie in settings.auth.identify(scope).headers:
                response.headers["set-cookie"] = cookie.decode()
        return response

    return page


def render(name: str, settings: WebSettings) -> str:
    """The page's HTML."""
    if not is_built():
        return str(template("missing.html.j2").render(name=name))
    page = template("chat.html.j2").render(
        name=name,
        locale=settings.options.get("locale", "en"),
        style=entry("src/page/page.css"),
        element=entry("src/index.ts"),
        script=entry("src/page/page.ts"),
        options=_as_data({**settings.options, "api": {"url": settings.path, "domainKey": ""}}),
        uses_keys=settings.uses_keys,
    )
    return str(page)


def _as_data(options: dict[str, Any]) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(options, ensure_ascii=False).replace("<", "\\u003c")


@lru_cache(maxsize=4)
def template(name: str) -> Any:
    """A page of ours."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    source = files("chatkit_host.web").joinpath("pages", name).read_text(encoding="utf-8")
    return environment.from_string(source)
