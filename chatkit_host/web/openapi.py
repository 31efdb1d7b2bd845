"""/openapi.json: a raw route is outside the framework's own description, so this is by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from litestar import MediaType, Response, get
from litestar.handlers import HTTPRouteHandler
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from chatkit_host.types import ChatKitReq, ThreadStreamEvent
from chatkit_host.web.endpoint_paths import endpoint_paths
from chatkit_host.web.errors import json_response
from chatkit_host.web.host import Host, HostEndpoint
from chatkit_host.web.settings import WebSettings

REFUSALS = {
    "400": "The request is not one of the protocol's; the message says where it departs from it.",
    "401": "No API key, or none that is known (`auth: api_keys` only).",
    "403": "The page, or this owner, may not do that.",
    "404": "There is no such thing, or it is somebody else's.",
    "409": "The thread is still answering.",
    "413": "The body is too large.",
    "415": "The Content-Type is not application/json.",
    "421": "The Host header names somebody else.",
    "429": "Too many messages; Retry-After says when to come again.",
    "503": "The host is starting, or stopping.",
}
ERROR_SCHEMA = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
        }
    },
}
Json = dict[str, Any]


class _Schemas(GenerateJsonSchema):
    # A type variable's default is no JSON; the schema rightly does without it.
    ignored_warning_kinds = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012


def openapi_route(host: Host, settings: WebSettings) -> HTTPRouteHandler:
    """The document, written when it is first asked for."""

    @lru_cache(maxsize=1)
    def document() -> bytes:
        described = describe_api(
            host.name,
            settings,
            host.endpoints,
            entities=host.entities is not None,
            files=host.uploads is not None,
        )
        return json.dumps(described).encode()

    @get("/openapi.json", media_type=MediaType.JSON, sync_to_thread=False)
    def openapi() -> Response[bytes]:
        return json_response(document())

    return openapi


def describe_api(
    name: str,
    settings: WebSettings,
    endpoints: Sequence[HostEndpoint] = (),
    *,
    entities: bool = False,
    files: bool = False,
) -> Json:
    """The OpenAPI document of a bot's host."""
    schemas, parts = _schemas()
    document: Json = {
        "openapi": "3.1.0",
        "info": {"title": name, "version": "1"},
        "paths": {
            settings.path: {"post": _operation(schemas)},
            **_thread_paths(settings.path.rstrip("/"), schemas["event"]),
            **(_entity_paths(settings.path.rstrip("/")) if entities else {}),
            **endpoint_paths(endpoints, _refusals),
            **(_file_paths(settings.path.rstrip("/")) if files else {}),
            "/healthz": {"get": _probe("Is the process alive?")},
            "/readyz": {"get": _probe("Can it answer?", unready=True)},
        },
        "components": {"schemas": {**parts, "Error": ERROR_SCHEMA}},
    }
    return document | (_bearer(document) if settings.uses_keys else {})


def _schemas() -> tuple[dict[str, Json], Json]:
    inputs: list[tuple[str, Any, TypeAdapter[Any]]] = [
        ("request", "validation", TypeAdapter(ChatKitReq)),
        ("event", "serialization", TypeAdapter(ThreadStreamEvent)),
    ]
    found, shared = TypeAdapter.json_schemas(
        inputs, ref_template="#/components/schemas/{model}", schema_generator=_Schemas
    )
    return {str(key): schema for (key, _), schema in found.items()}, shared["$defs"]


def _operation(schemas: dict[str, Json]) -> Json:
    return {
        "operationId": "chatkit",
        "summary": "Every operation of the ChatKit protocol, told apart by `type`.",
        "description": (
            "Operations that make an answer give a stream of server-sent events, "
            "the others give one JSON document."
        ),
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": schemas["request"]}},
        },
        "responses": {"200": _answer(schemas["event"]), **_refusals()},
    }


def _thread_paths(path: str, event: Json) -> Json:
    thread_id = {"name": "thread_id", "in": "path", "required": True, "schema": {"type": "string"}}
    seen = {"name": "Last-Event-ID", "in": "header", "schema": {"type": "string"}}
    nothing = {"description": "Nothing was missed, and nothing runs."}
    body = {"type": "object", "properties": {"cancelled": {"type": "boolean"}}}
    done = {"description": "Stopped.", "content": {"application/json": {"schema": body}}}
    thread = f"{path}/threads/{{thread_id}}"
    return {
        f"{thread}/stream": {
            "get": {
                "operationId": "resume",
                "summary": "The running answer of a thread, or the rest of one that broke off.",
                "parameters": [thread_id, seen],
                "responses": {"200": _stream(event), "204": nothing, **_refusals("401", "404")},
            }
        },
        f"{thread}/cancel": {
            "post": {
                "operationId": "cancel",
                "summary": "Stop the running answer of a thread.",
                "parameters": [thread_id],
                "responses": {"200": done, **_refusals("401", "404", "409", "415")},
            }
        },
    }


ENTITY_SCHEMA = {
    "type": "object",
    "required": ["id", "title"],
    "properties": {
        **{name: {"type": "string"} for name in ("id", "title", "icon", "group")},
        "interactive": {"type": "boolean"},
        "data": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


def _entity_paths(path: str) -> Json:
    texts = {"type": "string"}
    query = {"name": "query", "in": "query", "schema": {**texts, "maxLength": 200}}
    thread_id = {"name": "thread_id", "in": "query", "schema": texts}
    asked = _object({"entity": ENTITY_SCHEMA, "thread_id": texts}, "entity")
    found = _object({"entities": {"type": "array", "items": ENTITY_SCHEMA}}, "entities")
    shown = _object({"preview": {"type": ["object", "null"]}}, "preview")
    return {
        f"{path}/entities": {
            "get": {
                "operationId": "searchEntities",
                "summary": "Things that can be mentioned and fit a query.",
                "parameters": [query, thread_id],
                "responses": {
                    "200": _document("What fits, at most 50.", found),
                    **_refusals("400", "401", "404", "429"),
                },
            }
        },
        f"{path}/entities/preview": {
            "post": {
                "operationId": "previewEntity",
                "summary": "The widget that shows a thing that can be mentioned.",
                "requestBody": {"required": True, **_document("", asked)},
                "responses": {
                    "200": _document("The widget, or null.", shown),
                    **_refusals("400", "401", "404", "413", "415", "429"),
                },
            }
        },
    }


def _file_paths(path: str) -> Json:
    texts = {"type": "string"}
    file_id = {"name": "attachment_id", "in": "path", "required": True, "schema": texts}
    link = [{"name": name, "in": "query", "schema": texts} for name in ("until", "signature")]
    octets = {"type": "string", "format": "binary"}
    form = {"multipart/form-data": {"schema": _object({"file": octets}, "file")}}
    attachment = _document("The attachment.", _object({"id": texts, "type": texts}, "id"))
    whole = {"application/octet-stream": {"schema": octets}}
    picture = {"image/webp": {"schema": octets}}
    refused = _refusals("400", "401", "404", "413", "429")
    one = f"{path}/attachments/{{attachment_id}}"

    def given(operation: str, summary: str, types: Json) -> Json:
        answer = {"description": "The bytes.", "content": types}
        return {
            "operationId": operation,
            "summary": summary,
            "parameters": [file_id, *link],
            "responses": {"200": answer, **_refusals("401", "403", "404")},
        }

    return {
        f"{path}/attachments": {
            "post": {
                "operationId": "uploadFile",
                "summary": "A file that was not announced.",
                "requestBody": {"required": True, "content": form},
                "responses": {"200": attachment, **refused, **_refusals("415")},
            }
        },
        one: {
            "post": {
                "operationId": "sendFile",
                "summary": "The bytes of a file that was announced.",
                "parameters": [file_id, *link],
                "requestBody": {
                    "required": True,
                    "content": {**form, **whole},
                },
                "responses": {"200": attachment, **refused, **_refusals("409")},
            },
            "get": given("getFile", "A file, to be kept.", whole),
        },
        f"{one}/preview": {"get": given("getPreview", "A picture of a picture.", picture)},
    }


def _object(properties: Json, *required: str) -> Json:
    return {"type": "object", "properties": properties, "required": list(required)}


def _document(description: str, schema: Json) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _stream(event: Json) -> Json:
    return {
        "description": "A stream of events, each with an id (`<turn>:<number>`).",
        "content": {"text/event-stream": {"schema": {"type": "string"}, "x-event-schema": event}},
    }


def _answer(event: Json) -> Json:
    return {
        "description": "A stream of events, each as `data: {event}` and a blank line; or JSON.",
        "content": {
            "text/event-stream": {"schema": {"type": "string"}, "x-event-schema": event},
            "application/json": {"schema": {"type": "object"}},
        },
    }


def _refusals(*statuses: str) -> Json:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        status: {"description": REFUSALS[status], "content": content}
        for status in statuses or REFUSALS
    }


def _probe(summary: str, *, unready: bool = False) -> Json:
    body = {"type": "object", "properties": {"status": {"type": "string"}}}
    content = {"application/json": {"schema": body}}
    responses = {"200": {"description": "Yes.", "content": content}}
    if unready:
        responses["503"] = {"description": "No; `reason` says why.", "content": content}
    return {"summary": summary, "responses": responses}


def _bearer(document: Json) -> Json:
    scheme = {"bearer": {"type": "http", "scheme": "bearer"}}
    components = {**document["components"], "securitySchemes": scheme}
    return {"components": components, "security": [{"bearer": []}]}
