"""Every name in a configuration that leads somewhere, as the fields' annotations say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from chatkit_host.config.names import Refers
from chatkit_host.config.places import Path


@dataclass(frozen=True, slots=True)
class Reference:
    """A name, where it stands, and what it refers to."""

    path: Path
    name: str
    refers: Refers


def references(value: Any, path: Path = ()) -> Iterator[Reference]:
    """The references of a section, and of all sections in it."""
    if isinstance(value, BaseModel):
        for field, key, refers in marks(type(value)):
            if field in value.model_fields_set:
                yield from _of_field(getattr(value, field), (*path, key), refers)
    elif isinstance(value, tuple | list):
        for i, each in enumerate(value):
            yield from references(each, (*path, i))
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if isinstance(each, BaseModel):
                yield from references(each, (*path, str(name)))


def _of_field(value: Any, path: Path, refers: Refers | None) -> Iterator[Reference]:
    if refers is None:
        yield from references(value, path)
    elif isinstance(value, str):
        yield Reference(path, value, refers)
    else:
        for i, name in enumerate(value or ()):
            yield Reference((*path, i), name, refers)


@cache
def marks(model: type[BaseModel]) -> tuple[tuple[str, str, Refers | None], ...]:
    """The fields of a model, with their keys in the file, and what those refer to that do."""
    return tuple(
        (name, field.alias or name, _mark((field.annotation, *field.metadata)))
        for name, field in model.model_fields.items()
    )


def _mark(annotation: Any) -> Refers | None:
    """The mark within an annotation, however deep."""
    if isinstance(annotation, Refers):
        return annotation
    parts = annotation if isinstance(annotation, tuple) else get_args(annotation)
    return next((mark for part in parts if (mark := _mark(part))), None)
