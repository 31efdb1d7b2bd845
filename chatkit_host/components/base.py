"""What all widget components share: `key`, `id`, `type`, and how they become JSON."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    model_serializer,
)


class WidgetComponentBase(BaseModel):
    """A node of a widget. Props that a class does not name pass through as they are."""

    model_config = ConfigDict(serialize_by_alias=True, extra="allow", defer_build=True)

    key: str | None = None
    id: str | None = None
    type: str = Field(...)

    @model_serializer(mode="wrap")
    def serialize(
        self, next_: SerializerFunctionWrapHandler, info: SerializationInfo
    ) -> dict[str, Any]:
        """The node's JSON: no None at any depth, but always its type.

        `children` that are None stay, unless None is to be left out altogether.
        """
        if _is_plain(type(self)) and _asks_for_all(info):
            return _Pruner(info).model(self)
        dumped: dict[str, Any] = _Pruner(info).mapping(next_(self))
        # exclude_defaults would leave the type out, and no client can do without it.
        dumped["type"] = self.type
        return dumped


class _Pruner:
    """Walks a whole widget once; pydantic would call back for every node, five times as dear."""

    __slots__ = ("_by_alias", "_keep_children", "_mode")

    def __init__(self, info: SerializationInfo) -> None:
        self._mode = info.mode
        self._by_alias = info.by_alias
        self._keep_children = not info.exclude_none

    def model(self, node: BaseModel) -> dict[str, Any]:
        pruned = self.mapping(node.__dict__)
        extra = node.__pydantic_extra__
        if extra:
            pruned.update(self.mapping(extra))
        return pruned

    def mapping(self, props: dict[str, Any]) -> dict[str, Any]:
        return {
            name: value if type(value) is str else self._value(value)
            for name, value in props.items()
            if value is not None or (name == "children" and self._keep_children)
        }

    def _value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return self.mapping(value)
        if isinstance(value, list):
            return [self._value(entry) for entry in value if entry is not None]
        if isinstance(value, BaseModel):
            if _is_plain(type(value)):
                return self.model(value)
            dumped = value.model_dump(mode=self._mode, by_alias=self._by_alias)
            return self.mapping(dumped)
        return value


def _asks_for_all(info: SerializationInfo) -> bool:
    return not (
        info.include
        or info.exclude
        or info.exclude_unset
        or info.exclude_defaults
        or info.round_trip
    )


@cache
def _is_plain(model: type[BaseModel]) -> bool:
    """Whether nothing in the class changes how its fields are dumped."""
    ours = WidgetComponentBase.__pydantic_decorators__.model_serializers.get("serialize")
    decorators = model.__pydantic_decorators__
    serializers = [entry.func for entry in decorators.model_serializers.values()]
    return (
        not decorators.field_serializers
        and not decorators.computed_fields
        and all(ours is not None and func is ours.func for func in serializers)
        and not any(
            field.alias or field.serialization_alias or field.exclude
            for field in model.model_fields.values()
        )
    )
