"""Small widgets and templates for the tests of this room."""

from __future__ import annotations

import json
from typing import Any

from chatkit_host.widgets import WidgetTemplate


def template(source: str, schema: dict[str, Any] | None = None, **more: Any) -> WidgetTemplate:
    """A template whose one text is the whole of `source`."""
    definition = {"version": "1.0", "name": "sample", "template": source, **more}
    return WidgetTemplate({**definition, **({"jsonSchema": schema} if schema else {})})


def card(children: str) -> str:
    """The source of a card around the source of its children."""
    return f'{{"type":"Card","children":[{children}]}}'


def built(source: str, /, **data: Any) -> Any:
    """The children of the card that a source gives for the data."""
    widget = template(card(source)).build(data)
    return json.loads(widget.model_dump_json(exclude_none=True))["children"]
