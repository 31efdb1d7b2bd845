"""`include`: the sections of other files, as if they stood in the one that names them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from chatkit_host.config import codes
from chatkit_host.config.files import Files
from chatkit_host.config.interpolate import Interpolation, reason
from chatkit_host.config.places import Path, Place, SourceMap
from chatkit_host.config.problems import Collector, ConfigProblems, Problem
from chatkit_host.config.repair import with_known_sections
from chatkit_host.config.section import is_free
from chatkit_host.config.translate import described
from chatkit_host.config.yaml import parse

NAMED_SECTIONS = (
    "models",
    "agents",
    "tools",
    "widgets",
    "actions",
    "request",
    "shared",
    "endpoints",
    "guardrails",
    "entities",
)


@dataclass(slots=True)
class Source:
    """The data of a file and of all that it includes, with the places of each value.

    `data` is None when there is nothing to look at.
    """

    data: dict[str, Any] | None
    found: Collector
    files: list[FilePath] = field(default_factory=list)

    @property
    def places(self) -> SourceMap:
        return self.found.places


def read_source(file: FilePath, shown: str, environ: Mapping[str, str]) -> Source:
    """Reads a file and what it includes.

    Args:
        file: where it is.
        shown: what it is called in problems.
        environ: where `${…}` is looked up.

    Raises:
        ConfigProblems: the file itself is not there, or is not YAML.
    """
    return _Reader(file, environ).read(file, shown, ())


class _Reader:
    """Reads each file once, however often it is included."""

    def __init__(self, main: FilePath, environ: Mapping[str, str]) -> None:
        self._main_folder = main.parent
        self._environ = environ
        self._seen: set[FilePath] = set()

    def read(self, file: FilePath, shown: str, above: tuple[FilePath, ...]) -> Source:
        """One file, filled in by itself: its paths are relative to it. Then what it includes."""
        self._seen.add(file.resolve())
        data, _, found = parse(text_of(file, shown), shown)
        if not isinstance(data, dict):
            _refuse(data, found)
            return Source(None, found, [file])
        data = _without_free_keys(with_known_sections(data, found))
        data = Interpolation(self._environ, file.parent, found).fill(data)
        data = Files(file.parent, found).fill(data)
        source = Source(self._rebased(data, file.parent), found, [file])
        for path, name in _included(source.data or {}, found):
            self._include(source, path, name, (*above, file))
        return source

    def _include(self, source: Source, path: Path, name: str, above: tuple[FilePath, ...]) -> None:
        folder = above[-1].parent
        matches = sorted(folder.glob(name)) if "*" in name else [folder / name]
        if not matches:
            source.found.add(codes.NO_FILE, path, f"no file is like {name!r}")
        for file in matches:
            if file.resolve() in {each.resolve() for each in above}:
                _refuse_circle(source, path, file, above)
            elif file.resolve() not in self._seen:
                self._take(source, path, file, above)

    def _take(
        self, source: Source, path: Path, file: FilePath, above: tuple[FilePath, ...]
    ) -> None:
        shown = os.path.relpath(file, above[-1].parent)
        shown = str(FilePath(source.places.file).parent / shown)
        try:
            other = self.read(file, shown, above)
        except ConfigProblems as error:
            _adopt_failure(source, path, file, error)
            return
        merge(source, other)

    def _rebased(self, data: dict[str, Any], folder: FilePath) -> dict[str, Any]:
        """The data with the paths that are followed later, as the main file sees them."""
        if folder.resolve() == self._main_folder.resolve():
            return data
        way = os.path.relpath(folder, self._main_folder)
        rebased = {**data, **_with_moved(data, "widgets", way, "file")}
        if isinstance(server := data.get("server"), dict):
            rebased["server"] = {**server, **_with_moved(server, "static", way, "folder")}
        return rebased


def merge(source: Source, other: Source) -> None:
    """Adds a file's sections: maps by their names, lists at the end; nothing may stand twice."""
    source.files += other.files
    source.places.lines.update(other.places.lines)
    source.found.absorb(other.found)
    for key, value in (other.data or {}).items():
        _merge_section(source, other, key, value)


def _merge_section(source: Source, other: Source, key: str, value: Any) -> None:
    assert source.data is not None
    given = source.data.get(key)
    if key not in source.data:
        source.data[key] = value
        source.places.take(other.places, (key,))
    elif isinstance(given, dict) and isinstance(value, dict):
        for name, entry in value.items():
            if name in given:
                _refuse_twice(source, other, (key, name))
            else:
                given[name] = entry
                source.places.take(other.places, (key, name))
    elif isinstance(given, list) and isinstance(value, list):
        source.places.take(other.places, (key,), shift=len(given))
        given.extend(value)
    elif (key, given) != ("version", value):
        _refuse_twice(source, other, (key,))


def _refuse_twice(source: Source, other: Source, path: Path) -> None:
    message = f"{path[-1]!r} is defined in two files"
    cure = f"the other is at {source.places.key(path)}; keep one"
    source.found.add(codes.DUPLICATE_KEY, path, message, at=other.places.key(path), cure=cure)


def _refuse_circle(source: Source, path: Path, file: FilePath, above: tuple[FilePath, ...]) -> None:
    names = " → ".join(each.name for each in (*above, file))
    cure = "take one of these includes out"
    source.found.add(codes.CIRCLE, path, f"these files include each other: {names}", cure=cure)


def _adopt_failure(source: Source, path: Path, file: FilePath, error: ConfigProblems) -> None:
    """What is not there is told where it is named; what cannot be read, where it goes wrong."""
    if file.is_file():
        source.found.adopt(error.problems, ())
    else:
        why = error.problems[0].message.rpartition(": ")[2]
        message = f"the file {file.name!r} cannot be read: {why}"
        source.found.add(codes.NO_FILE, path, message)


def _included(data: dict[str, Any], found: Collector) -> Iterator[tuple[Path, str]]:
    """The names that `include` has, each with its path."""
    given = data.pop("include", None)
    names = given if isinstance(given, list) else [given]
    for i, name in enumerate(names):
        path: Path = ("include", i) if isinstance(given, list) else ("include",)
        if isinstance(name, str) and name:
            yield path, name
        elif name is not None:
            message = f"the path of a file is wanted here, not {described(name)}"
            found.add(codes.WRONG_TYPE, path, message)


def _with_moved(data: dict[str, Any], section: str, way: str, key: str) -> dict[str, Any]:
    """A section whose entries are a path each, or a map with one under that key."""
    given = data.get(section)
    if not isinstance(given, dict):
        return {}
    return {section: {name: _moved(way, each, key) for name, each in given.items()}}


def _moved(way: str, entry: Any, key: str) -> Any:
    if isinstance(entry, str):
        return FilePath(way, entry).as_posix()
    if isinstance(entry, dict) and isinstance(entry.get(key), str):
        return {**entry, key: FilePath(way, entry[key]).as_posix()}
    return entry


def text_of(file: FilePath, shown: str) -> str:
    """The text of a YAML file; ConfigProblems says why it cannot be read."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        place = Place(shown, 1, 1)
        message = f"the file cannot be read: {reason(error)}"
        cure = "`chatkit-host new DIR` makes one" if isinstance(error, FileNotFoundError) else None
        problem = Problem(codes.UNREADABLE, place, (), message, cure=cure)
        raise ConfigProblems([problem]) from None


def _refuse(data: Any, found: Collector) -> None:
    if data is None:
        cure = "the smallest bot is `agents: { helper: { instructions: …, model: … } }`"
        found.add(codes.MISSING_KEY, (), "the file is empty", cure=cure)
    else:
        found.add(codes.WRONG_TYPE, (), f"a map is wanted here, not {described(data)}")


def _without_free_keys(data: dict[str, Any]) -> dict[str, Any]:
    """The data without keys that begin with `x-`, of the file and of its named sections."""
    kept = {key: value for key, value in data.items() if not is_free(key)}
    for section in NAMED_SECTIONS:
        given = kept.get(section)
        if isinstance(given, dict):
            kept[section] = {name: value for name, value in given.items() if not is_free(name)}
    return kept
