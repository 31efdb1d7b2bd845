"""Calls that the model's server carries out itself, with the events that OpenAI sends for them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from tests.model_server.script import Hosted

Json = dict[str, Any]


def web_search(
    query: str = "red cats", *, sources: Sequence[str] = (), action: Json | None = None
) -> Hosted:
    """A search; `action` may be another thing the tool does, such as opening a page."""
    found = [{"type": "url", "url": url} for url in sources]
    searched = {"type": "search", "query": query, "queries": [query], "sources": found}
    added = _item("ws", "web_search_call", action={"type": "search", "query": ""})
    return _hosted(
        added, "web_search_call", ["in_progress", "searching"], action=action or searched
    )


def file_search(query: str = "cats", *, files: Sequence[str] = ()) -> Hosted:
    added = _item("fs", "file_search_call", queries=[], results=None)
    results = [{"file_id": f"file_{name}", "filename": name, "text": "…"} for name in files]
    return _hosted(
        added,
        "file_search_call",
        ["in_progress", "searching"],
        queries=[query],
        results=results or None,
    )


def run_code(code: str = "1 + 1") -> Hosted:
    """Code that runs; its text comes before it does."""
    added = _item("ci", "code_interpreter_call", code="", container_id="c_1", outputs=None)
    whole = _hosted(added, "code_interpreter_call", ["in_progress", "interpreting"], code=code)
    written = [
        ("code_interpreter_call_code.delta", {"delta": code}),
        ("code_interpreter_call_code.done", {"code": code}),
    ]
    return Hosted(whole.added, [whole.events[0], *written, *whole.events[1:]], whole.done)


def draw(result: str | None, *, partial: Sequence[str] = ()) -> Hosted:
    """A picture, as base64, with its unfinished versions; None is a picture that failed."""
    added = _item("ig", "image_generation_call", result=None)
    kind = "image_generation_call"
    whole = _hosted(added, kind, ["in_progress", "generating"], result=result)
    shown = [
        (f"{kind}.partial_image", {"partial_image_index": n, "partial_image_b64": data})
        for n, data in enumerate(partial)
    ]
    status = "completed" if result else "failed"
    return Hosted(whole.added, [*whole.events, *shown], {**whole.done, "status": status})


def call_mcp(
    name: str = "find", arguments: str = "{}", output: str | None = "found", *, server: str = "docs"
) -> Hosted:
    """A tool of an MCP server; without an output it failed."""
    added = _item(
        "mcp", "mcp_call", name=name, server_label=server, arguments="", output=None, error=None
    )
    whole = _hosted(added, "mcp_call", ["in_progress"], arguments=arguments, output=output)
    ending = "completed" if output is not None else "failed"
    events = [
        *whole.events[:1],
        ("mcp_call_arguments.delta", {"delta": arguments}),
        ("mcp_call_arguments.done", {"arguments": arguments}),
        (f"mcp_call.{ending}", {}),
    ]
    failure = {"type": "mcp_protocol_error", "code": 1, "message": "no such page"}
    error = None if output is not None else failure
    return Hosted(whole.added, events, {**whole.done, "status": ending, "error": error})


def _item(prefix: str, kind: str, **fields: Any) -> Json:
    return {"id": f"{prefix}_{uuid.uuid4().hex}", "type": kind, "status": "in_progress", **fields}


def _hosted(added: Json, kind: str, stages: Sequence[str], **done: Any) -> Hosted:
    events: list[tuple[str, Json]] = [(f"{kind}.{stage}", {}) for stage in [*stages, "completed"]]
    return Hosted(added, events, {**added, "status": "completed", **done})
