"""Texts of components are texts: `value: "{{ n }}"` shows a number, and is not one."""

from __future__ import annotations

from functools import cache
from typing import Any

from chatkit_host.components import DynamicWidgetComponent, WidgetComponentBase


def with_texts(node: Any) -> Any:
    """The tree, with numbers as text wherever the component's field takes nothing else."""
    if isinstance(node, list):
        return [with_texts(child) for child in node]
    if not isinstance(node, dict):
        return node
    fields = _text_fields().get(node.get("type", ""), frozenset())
    return {
        name: str(value) if name in fields and _is_number(value) else with_texts(value)
        for name, value in node.items()
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@cache
def _text_fields() -> dict[Any, frozenset[str]]:
    """For each component's type, the fields that hold text and nothing else."""
    return {
        model.model_fields["type"].default: frozenset(
            name
            for name, field in model.model_fields.items()
            if field.annotation in (str, str | None)
        )
        for model in WidgetComponentBase.__subclasses__()
        if model is not DynamicWidgetComponent
    }
