"""Where each value of a configuration comes from: a file, a variable, or a default."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, SecretStr
from pydantic_core import to_jsonable_python

from chatkit_host.config.loader import Loaded
from chatkit_host.config.places import Path, Place
from chatkit_host.config.problems import nearest, shown
from chatkit_host.errors import ConfigError

_STEP = re.compile(r"\[([0-9]+)\]\.?")


@dataclass(frozen=True, slots=True)
class Explained:
    """One value without parts, and its origin: `place` is None for a default.

    `variables` are the `${…}` that went into it. Of what is secret, the value is stars already.
    """

    path: Path
    value: Any
    place: Place | None
    variables: tuple[str, ...] = ()
    is_secret: bool = False


def explain(loaded: Loaded, wanted: str = "") -> list[Explained]:
    """The values at a path, such as `agents.helper` or `models.faq.rules[0].match`.

    Raises:
        ConfigError: there is nothing at this path.
    """
    node, path, unset = _find(loaded.config, wanted, (), unset=False)
    return [
        Explained(each, _told(value), *_origin(loaded, each, is_default), _is_secret(value))
        for each, value, is_default in _leaves(node, path, is_default=unset)
    ]


def _origin(loaded: Loaded, path: Path, is_default: bool) -> tuple[Place | None, tuple[str, ...]]:
    if is_default:
        return None, ()
    known = next((each for each in _upwards(path) if each in loaded.places.values), ())
    return loaded.places.value(path), loaded.variables.get(known, ())


def _find(node: Any, wanted: str, path: Path, *, unset: bool) -> tuple[Any, Path, bool]:
    """The node at a path, its own path, and whether it is a default."""
    if not wanted:
        return node, path, unset
    parts = {key: (value, is_default) for key, value, is_default in _parts(node)}
    for key in sorted(parts, key=lambda key: -len(str(key))):
        rest = _rest(wanted, key)
        if rest is not None:
            value, is_default = parts[key]
            return _find(value, rest, (*path, key), unset=unset or is_default)
    raise ConfigError(_nothing(wanted, parts, path))


def _rest(wanted: str, key: str | int) -> str | None:
    """What follows a key in a path; None if the path does not begin with it."""
    if isinstance(key, int):
        step = _STEP.match(wanted)
        return wanted[step.end() :] if step and int(step[1]) == key else None
    if not wanted.startswith(key):
        return None
    rest = wanted[len(key) :]
    if rest[:1] == ".":
        return rest[1:]
    return rest if rest[:1] in ("", "[") else None


def _nothing(wanted: str, parts: Mapping[str | int, Any], path: Path) -> str:
    names = [str(key) for key in parts]
    hint = nearest(wanted.split(".")[0].split("[")[0], names)
    where = f"{shown(path)} has no {wanted!r}" if path else f"there is no {wanted!r}"
    if hint:
        return f"{where}; did you mean {shown((*path, hint))!r}?"
    return f"{where}; there are: {', '.join(names)}" if names else f"{where}; it has no parts"


def _leaves(node: Any, path: Path, *, is_default: bool) -> Iterator[tuple[Path, Any, bool]]:
    parts = list(_parts(node))
    if not parts:
        yield path, node, is_default
    for key, value, unset in parts:
        yield from _leaves(value, (*path, key), is_default=is_default or unset)


def _told(value: Any) -> Any:
    return to_jsonable_python(value, exclude_none=True, fallback=str)


def _is_secret(value: Any) -> bool:
    return isinstance(value, SecretStr)


def _parts(node: Any) -> Iterable[tuple[str | int, Any, bool]]:
    """The parts of a value: their keys as the file has them, and whether they are defaults."""
    if isinstance(node, BaseModel):
        for name, field in type(node).model_fields.items():
            value = getattr(node, name)
            unset = name not in node.model_fields_set
            if not (unset and value is None):
                yield field.alias or name, value, unset
    elif isinstance(node, Mapping):
        yield from ((str(key), value, False) for key, value in node.items())
    elif isinstance(node, list | tuple):
        yield from ((i, value, False) for i, value in enumerate(node))


def _upwards(path: Path) -> Iterator[Path]:
    return (path[:size] for size in range(len(path), -1, -1))
