"""Annotations in one canonical spelling, so that two packages' can be compared."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    ForwardRef,
    Literal,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

# What the npm package, or this host alone, has besides.
OURS_ALONE = {"Table", "TableRow", "TableCell", "ToolCallItem"}
OURS_ALONE |= {"ApprovalItem", "UsageItem", "WidgetDataItem"}


def hints(cls: type) -> dict[str, Any]:
    """The annotations of a class, its bases' among them, with nothing left to look up."""
    if getattr(cls, "__pydantic_generic_metadata__", {}).get("args"):
        fields: dict[str, Any] = getattr(cls, "model_fields", {})
        return {name: field.rebuild_annotation() for name, field in fields.items()}
    return get_type_hints(cls, include_extras=True)


def alternatives(annotation: Any) -> list[Any]:
    """The members of a union, of its unions too."""
    if get_origin(annotation) is Annotated:
        return alternatives(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        found = [each for arg in get_args(annotation) for each in alternatives(arg)]
        return list(dict.fromkeys(found))
    return [annotation]


def canonical(annotation: Any) -> str:
    """The same text for annotations that allow the same values."""
    return " | ".join(sorted(_alternatives(annotation) - OURS_ALONE))


def _alternatives(annotation: Any) -> set[str]:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        patterns = [str(vars(note).get("pattern")) for note in args[1:] if _has_pattern(note)]
        return {f"{each}{patterns or ''}" for each in _alternatives(args[0])}
    if origin in (Union, UnionType):
        return set().union(*map(_alternatives, args))
    if origin is Literal:
        return set().union(*[_literal(value) for value in args])
    if origin is not None:
        return {f"{origin.__name__}[{', '.join(map(canonical, args))}]"}
    return {_name(annotation)}


def _has_pattern(note: Any) -> bool:
    return getattr(note, "pattern", None) is not None


def _literal(value: Any) -> set[str]:
    # Literal[CurveType], where CurveType is itself a Literal
    return {repr(value)} if get_origin(value) is not Literal else _alternatives(value)


def _name(annotation: Any) -> str:
    if annotation in (None, NoneType):
        return "None"
    if isinstance(annotation, ForwardRef):
        return annotation.__forward_arg__
    if isinstance(annotation, TypeVar):
        return f"~{annotation.__name__}"
    generic = getattr(annotation, "__pydantic_generic_metadata__", {})
    if generic.get("origin"):
        return f"{generic['origin'].__name__}[{', '.join(map(canonical, generic['args']))}]"
    return str(getattr(annotation, "__name__", annotation))
