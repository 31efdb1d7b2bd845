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
from chatkit_host.config.repair import Repair
from chatkit_host.config.root import Config
from chatkit_host.config.translate import translate

MOST_ROUNDS = 12
"""How often a broken file is mended and read again: one mistake may hide another."""


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
    lost: Mapping[Path, Any] = field(default_factory=dict)
    """What is too wrong to be read: sections, and things that they name."""

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
    repair = Repair(data, found, NAMED_SECTIONS)
    config = _validated(repair)
    if config is None:
        return Draft(None, found)
    names = names_of(repair.data, repair.lost)
    check_references(config, names, found)
    loaded = Loaded(
        config,
        found.places,
        file,
        names,
        frozenset(found.secrets),
        tuple(source.files),
        found.variables,
        lost=repair.lost,
    )
    return Draft(loaded, found)


def _validated(repair: Repair) -> Config | None:
    """The configuration; without its wrong parts, after noting what is wrong with them."""
    for _ in range(MOST_ROUNDS):
        try:
            return Config.model_validate(repair.data)
        except ValidationError as error:
            repair.mend(translate(error, repair.data, repair.found, repair.doubtful))
    return None
