"""What is in scope at a place of the file, and whether a template keeps to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from chatkit_host.checks.shapes import METHODS, Shape, shape_of_schema, shape_of_value, with_target
from chatkit_host.config import Config
from chatkit_host.config.scoped import every_step, knows_all_questions, question_ids
from chatkit_host.config.steps import SetStep
from chatkit_host.templates import Use


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a use: what was sought, where, and what there is instead."""

    message: str
    sought: str
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """The names in scope, each with its shape; `parts` are those that `let` and `for` bound.

    Such a name may stand for a part of the state, and be written through.
    """

    names: Mapping[str, Shape]
    parts: frozenset[str] = frozenset()

    def plus(self, names: Mapping[str, Shape]) -> Scope:
        """The scope with further names; they hide the ones that were there."""
        return replace(self, names={**self.names, **names}, parts=self.parts - names.keys())

    def plus_parts(self, names: Iterable[str]) -> Scope:
        """The scope with names that may stand for a part of the state."""
        known = dict.fromkeys(names)
        return replace(self, names={**self.names, **known}, parts=self.parts | known.keys())

    def without(self, gone: Iterable[str]) -> Scope:
        """The scope without these names."""
        kept = {name: shape for name, shape in self.names.items() if name not in set(gone)}
        return replace(self, names=kept, parts=self.parts - set(gone))

    def after(self, other: Scope) -> Scope:
        """The scope after a list that was perhaps run: with all that it may have named."""
        return replace(self, names={**self.names, **other.names}, parts=self.parts | other.parts)

    def under(self, names: Mapping[str, Shape]) -> Scope:
        """The scope with further names, where it does not have them already."""
        return replace(self, names={**names, **self.names})

    def fault(self, use: Use) -> Fault | None:
        """What is wrong with a use of a template, if anything is."""
        here: Shape = self.names
        for i, key in enumerate(use.path):
            if here is None:
                return None
            if key not in here:
                is_last = i == len(use.path) - 1
                harmless = (i and key in METHODS) or (use.optional and is_last)
                return None if harmless else _fault(use.path[:i], key, here)
            here = here[key]
        return None


def _fault(way: tuple[str, ...], key: str, known: Mapping[str, Shape]) -> Fault:
    place = ".".join(way)
    message = f"{place} has no {key!r}" if way else f"there is no {key!r} here"
    return Fault(message, key, tuple(known))


def turn_scope(config: Config) -> Scope:
    """What every template of a turn sees."""
    thread = ("id", "title", "status", "created_at", "metadata")
    return Scope(
        {
            "data": shape_of_value(config.data) or {},
            "state": _state_shape(config),
            "thread": dict.fromkeys(thread),
            **_answers(config),
            **_shared(config),
            **({} if config.attachments is None else {"attachments": None}),
            "request": dict.fromkeys(config.request),
            **dict.fromkeys(("user", "now", "text", "tool_choice")),
        }
    )


def _answers(config: Config) -> dict[str, Shape]:
    """`answers`, where there is anything that puts questions."""
    written = question_ids(config)
    if not knows_all_questions(config):
        return {"answers": None}
    return {"answers": dict.fromkeys(written)} if written else {}


def _shared(config: Config) -> dict[str, Shape]:
    """`shared`, where there is anything in it."""
    shapes: dict[str, Shape] = {
        name: shape_of_schema(each.schema_) if each.schema_ else shape_of_value(each.default)
        for name, each in config.shared.items()
    }
    for way in map(_way, _targets(config)):
        if way[0] == "shared" and len(way) > 2 and way[1] in shapes:
            shapes = {**shapes, way[1]: with_target(shapes[way[1]], way[2:])}
    return {"shared": shapes} if shapes else {}


def _way(target: str) -> list[str]:
    return target.split(".")


def _state_shape(config: Config) -> Shape:
    shape: Shape = {name: shape_of_value(value) for name, value in config.state.items()}
    for target in _targets(config):
        way = target.split(".")
        if way[0] == "state" and len(way) > 2 and way[1] in config.state:
            shape = with_target(shape, way[1:])
    return shape


def _targets(config: Config) -> list[str]:
    """Every place that some step of the file writes."""
    return [
        target for step in every_step(config) if isinstance(step, SetStep) for target in step.set
    ]
