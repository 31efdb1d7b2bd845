"""Every key of a whole file, misspelt in turn: told where it stands, with the right spelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatkit_host.config import Config, ConfigProblems, load
from chatkit_host.config.places import Path as DataPath
from chatkit_host.config.places import Place
from chatkit_host.config.shape import keys_of, section_at
from chatkit_host.config.yaml import parse

WHOLE = Path(__file__).parent / "whole.yaml"
TEXT = WHOLE.read_text(encoding="utf-8")
DATA, PLACES, _ = parse(TEXT, "f.yaml")
# The tags pydantic puts into the way to a section of one kind or another.
KINDS = {
    "models": ("=provider", "=rules"),
    "tools": ("=python", "=steps", "=return", "=client", "=agent"),
    "widgets": ("=file", "=template"),
    "actions": ("=steps", "=client"),
}


def section_keys() -> list[tuple[str, Place]]:
    """The keys that the language gives, with their places; names that the author gives are none."""
    return [
        (str(path[-1]), place)
        for path, place in PLACES.keys.items()
        if path and len(str(path[-1])) > 3 and _is_of_the_language(path)
    ]


def _is_of_the_language(path: DataPath) -> bool:
    if len(path) == 1:
        return path[0] in keys_of(Config)
    if path[0] in ("agents", "respond", "server", "limits", "auth", "ui"):
        section = section_at(Config, path[:-1])
        return section is not None and path[-1] in keys_of(section)
    marks = KINDS.get(str(path[0]), ())
    found = [section_at(Config, (*path[:2], mark)) for mark in marks]
    return len(path) == 3 and any(each and path[-1] in keys_of(each) for each in found)


def misspelt(key: str) -> str:
    """The key with its second and third letters swapped, or one left out."""
    swapped = key[0] + key[2] + key[1] + key[3:]
    return swapped if swapped != key else key[0] + key[2:]


KEYS = section_keys()


def test_there_are_many() -> None:
    assert len(KEYS) > 60


@pytest.mark.parametrize(("key", "place"), KEYS, ids=[f"{key}@{p.line}" for key, p in KEYS])
def test_misspelling(tmp_path: Path, key: str, place: Place) -> None:
    lines = TEXT.splitlines()
    line = lines[place.line - 1]
    wrong = misspelt(key)
    before, after = line[: place.column - 1], line[place.column - 1 :]
    lines[place.line - 1] = before + wrong + after.removeprefix(key)
    path = tmp_path / "f.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ConfigProblems) as caught:
        load(path, {})
    found = [(p.place.line, p.place.column, p.hint) for p in caught.value.problems]
    assert (place.line, place.column, key) in found
