"""What is in scope at a place of the file, and whether a template keeps to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from chatkit_host.checks.shapes import METHODS, Shape, shape_of_schema, shape_of_value, with_target
from chatkit_host.checks.written import may_hold_steps, targets_of
from chatkit_host.config import Loaded
from chatkit_host.config.scoped import knows_all_questions, question_ids
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


def turn_scope(loaded: Loaded) -> Scope:
    """What every template of a turn sees; anything, where a part of the file is lost."""
    config = loaded.config
    thread = ("id", "title", "status", "created_at", "metadata")
    targets = [_way(target) for target in targets_of(loaded)]
    lost = (str(path[0]) for path in loaded.lost if len(path) == 1)
    return Scope(
        {
            "data": shape_of_value(config.data) or {},
            "state": _written({n: shape_of_value(v) for n, v in config.state.items()}, targets),
            "thread": dict.fromkeys(thread),
            **_answers(loaded),
            **_shared(loaded, targets),
            **({} if config.attachments is None else {"attachments": None}),
            "request": dict.fromkeys(loaded.names.request),
            **dict.fromkeys(("user", "now", "text", "tool_choice")),
            **dict.fromkeys(section for section in lost if section in OF_SECTIONS),
        }
    )


OF_SECTIONS = ("data", "state", "shared", "request", "attachments")
"""What templates see of the sections that are called the same."""


def _answers(loaded: Loaded) -> dict[str, Shape]:
    """`answers`, where there is anything that puts questions."""
    if not knows_all_questions(loaded.config) or any(map(may_hold_steps, loaded.lost)):
        return {"answers": None}
    written = question_ids(loaded.config)
    return {"answers": dict.fromkeys(written)} if written else {}


def _shared(loaded: Loaded, targets: list[list[str]]) -> dict[str, Shape]:
    """`shared`, where there is anything in it."""
    shapes: dict[str, Shape] = {
        name: shape_of_schema(each.schema_) if each.schema_ else shape_of_value(each.default)
        for name, each in loaded.config.shared.items()
    }
    shapes |= dict.fromkeys(loaded.names.shared - shapes.keys())
    ours = [["state", *way[1:]] for way in targets if way[0] == "shared"]
    return {"shared": _written(shapes, ours)} if shapes else {}


def _written(shape: Shape, targets: Iterable[Sequence[str]]) -> Shape:
    """The shape of the state with all that some step writes into its values."""
    for first, *way in targets:
        if first == "state" and len(way) > 1 and shape is not None and way[0] in shape:
            shape = with_target(shape, way)
    return shape


def _way(target: str) -> list[str]:
    return target.split(".")
