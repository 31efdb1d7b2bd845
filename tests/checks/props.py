"""The props of the components as the checks know them, made from the models.

`python -m tests.checks.props` writes them anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

import chatkit_host.components as room
from chatkit_host.actions import ActionConfig
from chatkit_host.components.base import WidgetComponentBase
from chatkit_host.icons import IconName

FILE = Path(__file__).parents[2] / "chatkit_host" / "checks" / "props.json"
ICONS = sorted(get_args(get_args(IconName)[0]))


def table() -> dict[str, Any]:
    """Each component's props: their values, if these can be listed; "icon"; or null for any."""
    components = {name: _props(model) for name, model in models().items()}
    required = {name: _required(model) for name, model in sorted(models().items())}
    return {
        "icons": ICONS,
        "components": dict(sorted(components.items())),
        "required": {name: props for name, props in required.items() if props},
        "action": _props(ActionConfig),
    }


def models() -> dict[str, type[WidgetComponentBase]]:
    """The components by their types."""
    known = [getattr(room, name) for name in room.__all__]
    return {
        types[0]: model
        for model in known
        if isinstance(model, type) and issubclass(model, WidgetComponentBase)
        if len(types := get_args(model.model_fields["type"].annotation)) == 1
    }


def _required(model: type[WidgetComponentBase]) -> list[str]:
    """What a component cannot do without; what has no children can be shown."""
    fields = model.model_fields.items()
    return [name for name, field in fields if field.is_required() and name != "children"]


def _props(model: type[BaseModel]) -> dict[str, Any]:
    fields = model.model_fields.items()
    return {field.alias or name: _values(field.annotation) for name, field in fields}


def _values(annotation: Any) -> Any:
    members = list(dict.fromkeys(_members(annotation)))
    if set(ICONS) <= set(members):
        return "icon"
    return None if ... in members else members


def _members(annotation: Any) -> Any:
    """The texts that an annotation allows; `...` stands for anything else."""
    if get_origin(annotation) in (Union, UnionType):
        for each in get_args(annotation):
            yield from _members(each)
    elif get_origin(annotation) is Literal:
        yield from (each if isinstance(each, str) else ... for each in get_args(annotation))
    elif annotation is not type(None):
        yield ...


if __name__ == "__main__":
    FILE.write_text(json.dumps(table(), indent=1) + "\n", encoding="utf-8")
