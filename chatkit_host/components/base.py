"""What all widget components share: `key`, `id`, `type`, and how they become JSON."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer


class WidgetComponentBase(BaseModel):
    """A node of a widget. Props that a class does not name pass through as they are."""

    model_config = ConfigDict(serialize_by_alias=True, extra="allow", defer_build=True)

    key: str | None = None
    id: str | None = None
    type: str = Field(...)

    @model_serializer(mode="wrap")
    def serialize(self, next_: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """The node's JSON: no None at any depth, but always its type."""
        dumped: dict[str, Any] = next_(self)
        dumped = without_none(dumped, keep="children" in type(self).model_fields)
        # exclude_defaults would leave the type out, and no client can do without it.
        dumped["type"] = self.type
        return dumped


def without_none(props: dict[str, Any], *, keep: bool = False) -> dict[str, Any]:
    """`props` less every None at any depth, but for `children`, whose None stays.

    With `keep` the children are left alone, as components that have seen to themselves.
    """
    return {
        name: value if name == "children" and keep else _pruned(value)
        for name, value in props.items()
        if value is not None or name == "children"
    }


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        return without_none(value)
    if isinstance(value, list):
        return [_pruned(entry) for entry in value if entry is not None]
    return value
