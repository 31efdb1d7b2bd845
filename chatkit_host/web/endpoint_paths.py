"""The endpoints of the file, as /openapi.json describes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from chatkit_host.config.endpoints import THREAD
from chatkit_host.web.host import HostEndpoint

Json = dict[str, Any]

ANSWER = {"description": "The answer.", "content": {"application/json": {"schema": {}}}}
NOTHING = {"description": "Done; there is nothing to say."}


def endpoint_paths(
    endpoints: Sequence[HostEndpoint], refusals: Callable[..., Json]
) -> dict[str, Json]:
    """Each path with its methods. A thread's id is called thread_id there."""
    paths: dict[str, Json] = {}
    for endpoint in endpoints:
        path = paths.setdefault(_template(endpoint), {})
        path[endpoint.route.method.lower()] = _operation(endpoint, refusals)
    return paths


def _template(endpoint: HostEndpoint) -> str:
    names = iter(endpoint.route.names)
    parts = [part or f"{{{_shown(next(names))}}}" for part in endpoint.route.parts]
    return "/" + "/".join(parts)


def _shown(name: str) -> str:
    return "thread_id" if name == THREAD else name


def _operation(endpoint: HostEndpoint, refusals: Callable[..., Json]) -> Json:
    route, schema = endpoint.route, endpoint.parameters
    elsewhere = {n: s for n, s in schema["properties"].items() if n not in route.names}
    in_path = [(name, "path", schema["properties"].get(name)) for name in route.names]
    in_query = [] if route.takes_body else [(n, "query", s) for n, s in elsewhere.items()]
    statuses = ("400", "401", "403", "404", "421", "503")
    operation: Json = {
        "summary": endpoint.description or f"{route.method} {_template(endpoint)}",
        "parameters": [
            {
                "name": _shown(name),
                "in": place,
                "required": place == "path" or name in schema["required"],
                "schema": given or {"type": "string"},
            }
            for name, place, given in (*in_path, *in_query)
        ],
        "responses": {"200": ANSWER, "204": NOTHING, **refusals(*statuses)},
    }
    if route.takes_body:
        required = [name for name in schema["required"] if name in elsewhere]
        body = {**schema, "properties": elsewhere, "required": required}
        operation["requestBody"] = {"content": {"application/json": {"schema": body}}}
        operation["responses"] |= refusals("413", "415", "429")
    return operation
