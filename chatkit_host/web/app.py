"""The web, from the outside in."""

from __future__ import annotations

from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware

from chatkit_host.errors import RequestError
from chatkit_host.gallery import LiveWidgets
from chatkit_host.web.about import about_routes
from chatkit_host.web.attachments.routes import attachment_routes
from chatkit_host.web.boot import Boot
from chatkit_host.web.declared import declared_routes
from chatkit_host.web.endpoint import Endpoint, chatkit_route
from chatkit_host.web.entity_routes import entity_routes
from chatkit_host.web.errors import answer_http_error, answer_refusal, answer_unexpected
from chatkit_host.web.gallery import gallery_routes
from chatkit_host.web.gate import HostGate, known_names
from chatkit_host.web.health import health_routes
from chatkit_host.web.host import Host
from chatkit_host.web.openapi import openapi_route
from chatkit_host.web.origins import OriginGate
from chatkit_host.web.page import page_route
from chatkit_host.web.settings import WebSettings
from chatkit_host.web.thread_routes import thread_routes
from chatkit_host.web.ui_files import ui_file_routes


def create_app(host: Host, settings: WebSettings, gallery: LiveWidgets | None = None) -> Litestar:
    """The ASGI application that serves a compiled chatkit.yaml, and a gallery of its widgets.

    Its `state.boot` starts the host when the app's lifespan begins, and closes it at the end.
    """
    boot = Boot(host)
    endpoint = Endpoint(host, boot, settings)
    return Litestar(
        lifespan=[boot.lifespan],
        middleware=[
            DefineMiddleware(HostGate, names=known_names(settings)),
            DefineMiddleware(
                OriginGate, allowed=settings.allowed_origins, public_url=settings.public_url
            ),
        ],
        route_handlers=[
            chatkit_route(endpoint, settings.path),
            page_route(host, settings),
            *about_routes(host, settings),
            *ui_file_routes(),
            *gallery_routes(gallery, settings),
            thread_routes(host, boot, settings),
            *entity_routes(host.entities, boot, settings),
            *attachment_routes(host.uploads, boot, settings),
            *health_routes(boot),
            openapi_route(host, settings),
            *declared_routes(host, endpoint, settings),
        ],
        exception_handlers={
            RequestError: answer_refusal,
            HTTPException: answer_http_error,
            Exception: answer_unexpected,
        },
        state=State({"boot": boot}),
        # Litestar's own OpenAPI pages load their assets from a CDN; /openapi.json is by hand.
        openapi_config=None,
        logging_config=None,
    )
