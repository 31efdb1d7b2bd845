"""JSON that fits a model, made from its annotations; different numbers pick different variants."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Required,
    TypeVar,
    Union,
    get_args,
    get_origin,
)

from pydantic import AnyUrl, BaseModel
from typing_extensions import is_typeddict

from tests.oracle.annotations import hints

_DEEP = 5
_PLAIN: dict[Any, Any] = {
    str: 'täxt "quoted" \\ \n',
    int: 7,
    float: 1.5,
    bool: True,
    bytes: "Ynl0ZXM=",
    datetime: "2024-05-06T07:08:09Z",
    AnyUrl: "https://example.com/a?b=c",
    Any: {"any": [1, None, "x"]},
    NoneType: None,
}


def sample(model: type[BaseModel], pick: int, *, full: bool) -> dict[str, Any]:
    """JSON for a model: all of its fields, or only those that it needs."""
    return _Sampler(pick, full=full).model(model)


class _Sampler:
    def __init__(self, pick: int, *, full: bool) -> None:
        self._pick = pick
        self._full = full
        self._depth = 0

    def model(self, model: type[BaseModel]) -> dict[str, Any]:
        annotations = hints(model)
        self._depth += 1
        try:
            return {
                name: self.value(annotations[name])
                for name, field in model.model_fields.items()
                if field.is_required() or name == "type" or (self._full and self._depth < _DEEP)
            }
        finally:
            self._depth -= 1

    def value(self, annotation: Any) -> Any:
        origin, args = get_origin(annotation), get_args(annotation)
        if origin in (Annotated, NotRequired, Required):
            return self._annotated(args)
        if origin in (Union, UnionType):
            return self.value(self._chosen(args))
        if origin is Literal:
            value = self._chosen(args)
            return self.value(value) if get_origin(value) is Literal else value
        if origin is list:
            return [] if self._depth >= _DEEP else [self.value(args[0]), self.value(args[0])]
        if origin is dict:
            return {"one": self.value(args[1]), "two": self.value(args[1])}
        return self._simple(annotation)

    def _annotated(self, args: tuple[Any, ...]) -> Any:
        pattern = next((getattr(note, "pattern", None) for note in args[1:]), None)
        return f"{str(pattern).removeprefix('^')}name" if pattern else self.value(args[0])

    def _simple(self, annotation: Any) -> Any:
        if annotation in _PLAIN:
            return _PLAIN[annotation]
        if isinstance(annotation, TypeVar):
            return "of any type"
        if is_typeddict(annotation):
            return {name: self.value(each) for name, each in hints(annotation).items()}
        if issubclass(annotation, Enum):
            return self._chosen(tuple(annotation)).value
        return self.model(annotation)

    def _chosen(self, alternatives: tuple[Any, ...]) -> Any:
        # The next choice is another one, or one pick would never combine different variants.
        self._pick += 1
        if self._depth >= _DEEP:
            return min(alternatives, key=_size)
        return alternatives[self._pick % len(alternatives)]


def _size(annotation: Any) -> int:
    """How much there is to an alternative: what nests deepest comes last."""
    if annotation is NoneType:
        return 0
    fields = getattr(annotation, "model_fields", None)
    return 1 if fields is None else 2 + len(fields) + 100 * ("children" in fields)
