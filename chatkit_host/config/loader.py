"""The loader, top-down: a file and its includes as data with positions → models → references."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from chatkit_host.config.includes import NAMED_SECTIONS, read_source
from chatkit_host.config.places import Path, SourceMap
from chatkit_host.config.problems import Collector, ConfigProblems, Problem
from chatkit_host.config.references import Names, check_references, names_of
from chatkit_host.config.root import Config
from chatkit_host.config.translate import translate

# What stands in for a wrong thing that has a name, so that what refers to it can still be checked.
_PLACEHOLDERS: dict[str, Any] = {
    "agents": {"instructions": "", "model": "-/-"},
    "models": {"provider": "openai", "model": "-"},
    "shared": {"default": None},
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A configuration, where each of its parts stands, and the folder that holds it."""

    config: Config
    places: SourceMap
    path: FilePath
    names: Names
    secrets: frozenset[str] = frozenset()
    files: tuple[FilePath, ...] = ()
    variables: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()

    @property
    def base_dir(self) -> FilePath:
        """What the paths in the file are relative to."""
        return self.path.parent


@dataclass(frozen=True, slots=True)
class Draft:
    """What could be read of a file, and what is wrong with it.

    `loaded` has the parts that are right, so that they can be checked further; it is None when
    there is nothing to look at.
    """

    loaded: Loaded | None
    found: Collector


def load(path: str | FilePath, environ: Mapping[str, str] | None = None) -> Loaded:
    """Reads a file; raises ConfigProblems with everything that is wrong with it."""
    draft = read(path, environ)
    if draft.found.problems or draft.loaded is None:
        raise ConfigProblems(draft.found.problems)
    return draft.loaded


def read(path: str | FilePath, environ: Mapping[str, str] | None = None) -> Draft:
    """Reads a file as far as it can be read; `environ` is os.environ if it is not given.

    Raises ConfigProblems only for a file that is not there, or not YAML.
    """
    file = FilePath(path)
    source = read_source(file, str(path), os.environ if environ is None else environ)
    data, found = source.data, source.found
    if data is None:
        return Draft(None, found)
    names = names_of(data)
    config = _validated(data, found)
    if config:
        check_references(config, names, found)
    if config is None:
        return Draft(None, found)
    loaded = Loaded(
        config,
        found.places,
        file,
        names,
        frozenset(found.secrets),
        tuple(source.files),
        found.variables,
    )
    return Draft(loaded, found)


def _validated(data: dict[str, Any], found: Collector) -> Config | None:
    """The configuration; without its wrong parts, after noting what is wrong with them."""
    kept = data
    for _ in range(3):  # what one error hides, the next round finds
        try:
            return Config.model_validate(kept)
        except ValidationError as error:
            kept = _without(kept, translate(error, kept, found))
    return None


def _without(data: dict[str, Any], wrong: list[Path]) -> dict[str, Any]:
    """The data without the named things, or the sections, that are wrong."""
    kept = {key: dict(value) if isinstance(value, dict) else value for key, value in data.items()}
    for path in wrong:
        section = str(path[0]) if path else ""
        if len(path) > 1 and section in NAMED_SECTIONS and isinstance(kept.get(section), dict):
            _drop(kept[section], section, str(path[1]))
        else:
            kept.pop(section, None)
    return kept


def _drop(things: dict[str, Any], section: str, name: str) -> None:
    things.pop(name, None)
    if section in _PLACEHOLDERS:
        things[name] = _PLACEHOLDERS[section]
