"""A schema that its template has outgrown, as far as the template's word is the newer one."""

from __future__ import annotations

from typing import Any

from chatkit_host.templates.keys import strange_keys


def loosened(schema: dict[str, Any], read: frozenset[str]) -> dict[str, Any]:
    """The schema to hold data against, for a template that reads these keys.

    Where the template reads a key that the schema has nowhere, closed objects inside the data may
    have that key, and need not have those that the template never reads.
    """
    strange = strange_keys(read, schema)
    if not strange:
        return schema
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return schema
    inner = {name: _loosened(each, strange, read) for name, each in properties.items()}
    found = {**schema, "properties": inner}
    for name in ("$defs", "definitions"):
        if name in schema:
            found[name] = _loosened(schema[name], strange, read)
    return found


def _loosened(schema: Any, strange: frozenset[str], read: frozenset[str]) -> Any:
    if isinstance(schema, list):
        return [_loosened(each, strange, read) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _loosened(each, strange, read) for name, each in schema.items()}
    properties = found.get("properties")
    if found.get("additionalProperties") is False and isinstance(properties, dict):
        found["properties"] = {**dict.fromkeys(strange, True), **properties}
        required = found.get("required")
        if isinstance(required, list):
            found["required"] = [name for name in required if name in read]
    return found
