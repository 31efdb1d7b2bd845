"""Where each value of a file stands; position travels with the data from the first stage on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(slots=True)
class SourceMap:
    """The places of keys and values by their path, and the lines of the files they stand in."""

    file: str
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    blocks: set[Path] = field(default_factory=set)
    lines: dict[str, list[str]] = field(default_factory=dict)

    def value(self, path: Path) -> Place:
        """Where the value of a path stands, or else what holds it."""
        found = (self.values[each] for each in _upwards(path) if each in self.values)
        place = next(found, Place(self.file, 1, 1))
        return Place(place.file, max(place.line, 1), place.column)

    def key(self, path: Path) -> Place:
        """Where the key of a path stands, or else what holds it."""
        return self.keys.get(path) or self.value(path)

    def nearest(self, path: Path) -> Path:
        """The path itself, or what holds it where the file has a short form."""
        return next((each for each in _upwards(path) if each in self.values), path)

    def inside(self, path: Path, line: int) -> Place:
        """The place of a line (from 1) of a text; exact in block scalars and files."""
        if path not in self.blocks:
            return self.value(path)
        start = self.values[path]
        place = Place(start.file, start.line + line, 1)
        text = self.text(place)
        return Place(place.file, place.line, len(text) - len(text.lstrip()) + 1)

    def text(self, place: Place) -> str:
        """The line of a file that a place is in."""
        lines = self.lines.get(place.file, [])
        return lines[place.line - 1] if 0 < place.line <= len(lines) else ""

    def take(self, other: SourceMap, path: Path, *, shift: int = 0) -> None:
        """Adds the places of another file that are under a path; those of a list are moved on."""
        size = len(path)

        def moved(known: Path) -> Path:
            if shift and len(known) > size:
                return (*path, int(known[size]) + shift, *known[size + 1 :])
            return known

        for ours, theirs in ((self.keys, other.keys), (self.values, other.values)):
            for known, place in theirs.items():
                if known[:size] == path and not (shift and known == path):
                    ours[moved(known)] = place
        self.blocks.update(moved(known) for known in other.blocks if known[:size] == path)

    def rename(self, path: Path, key: str) -> None:
        """Gives a key another name: what stands under `path` stands beside it from now on."""
        size, to = len(path), (*path[:-1], key)
        for places in (self.keys, self.values):
            for known in [known for known in places if known[:size] == path]:
                places[(*to, *known[size:])] = places.pop(known)
        for known in [known for known in self.blocks if known[:size] == path]:
            self.blocks.remove(known)
            self.blocks.add((*to, *known[size:]))

    def graft(self, path: Path, other: SourceMap) -> None:
        """Puts the places of another file under a path, in place of those that were there."""
        size = len(path)
        for places in (self.keys, self.values):
            for known in [known for known in places if known[:size] == path and known != path]:
                del places[known]
        self.keys.update({(*path, *inner): place for inner, place in other.keys.items()})
        self.values.update({(*path, *inner): place for inner, place in other.values.items()})
        self.blocks.update({(*path, *inner) for inner in other.blocks})
        self.lines.update(other.lines)


def _upwards(path: Path) -> Iterator[Path]:
    for size in range(len(path), -1, -1):
        yield path[:size]
