"""What fields of the language name things and hold templates: of all models, and in a bot.

A field of the models is known by its model and name, and by what holds the model, if that is no
step: `Entity.preview: ShownWidget.name`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from chatkit_host.checks import check_file
from chatkit_host.config import Config, Loaded
from chatkit_host.config.names import Refers
from chatkit_host.config.places import Path as DataPath
from chatkit_host.config.steps import StepCommon
from chatkit_host.config.values import Mark

BOTS = sorted((Path(__file__).parent / "bots").glob("*.yaml"))


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a bot that has a value: what it is called, where it stands, how it is read."""

    field: str
    path: DataPath
    mark: Refers | Mark | None


@cache
def loaded(bot: Path) -> Loaded:
    """A bot without a problem."""
    return check_file(bot, {})


def parts(annotation: Any) -> Iterator[Any]:
    """All that an annotation is made of."""
    if isinstance(annotation, list | tuple):
        for each in annotation:
            yield from parts(each)
        return
    yield annotation
    for each in get_args(annotation):
        yield from parts(each)


def mark_of(model: type[BaseModel], name: str) -> Refers | Mark | None:
    """What a field says of how it is read, but for what the models in it say."""
    field = model.model_fields[name]
    return next(
        (p for p in parts((field.annotation, *field.metadata)) if isinstance(p, Refers | Mark)),
        None,
    )


def fields_of_the_language() -> dict[str, tuple[type[BaseModel], str]]:
    """Every field of every model that a bot can hold, with the model and its name in it."""
    found: dict[str, tuple[type[BaseModel], str]] = {}
    waiting: list[tuple[str, type[BaseModel]]] = [("", Config)]
    while waiting:
        holder, model = waiting.pop()
        for name, field in model.model_fields.items():
            called = f"{holder}{model.__name__}.{name}"
            if called in found:
                continue
            found[called] = (model, name)
            for part in parts((field.annotation, *field.metadata)):
                if isinstance(part, type) and issubclass(part, BaseModel):
                    waiting.append((holder_of(model, name, part), part))
    return found


def holder_of(model: type[BaseModel], name: str, inner: type[BaseModel]) -> str:
    """What holds a model, as a field's name begins; steps are the same wherever they are."""
    return "" if issubclass(inner, StepCommon) else f"{model.__name__}.{name}: "


def places_in(bot: Path) -> list[Place]:
    """The fields that a bot gives a value."""
    return list(_places(loaded(bot).config, (), ""))


def _places(value: Any, path: DataPath, holder: str) -> Iterator[Place]:
    model = type(value)
    for name, field in model.model_fields.items():
        if name in value.model_fields_set:
            key = field.alias or name
            given = getattr(value, name)
            yield Place(f"{holder}{model.__name__}.{name}", (*path, key), mark_of(model, name))
            for inner, each in _sections(given, (*path, key)):
                yield from _places(each, inner, holder_of(model, name, type(each)))


def _sections(value: Any, path: DataPath) -> Iterator[tuple[DataPath, BaseModel]]:
    if isinstance(value, BaseModel):
        yield path, value
    elif isinstance(value, list | tuple):
        for i, each in enumerate(value):
            yield from _sections(each, (*path, i))
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _sections(each, (*path, str(name)))
