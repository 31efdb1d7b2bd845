"""Right bots with one thing in them changed, and what `check` says of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from chatkit_host.checks import check_file
from chatkit_host.config import ConfigProblems, Problem
from chatkit_host.config.places import Path as DataPath
from chatkit_host.config.places import Place, SourceMap
from chatkit_host.config.yaml import parse


@cache
def data_of(bot: Path) -> Any:
    """The data of a bot's file, to be copied before it is changed."""
    return parse(bot.read_text(encoding="utf-8"), bot.name)[0]


def has(data: Any, path: DataPath) -> bool:
    """Whether there is something at a path."""
    try:
        at(data, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def at(data: Any, path: DataPath) -> Any:
    """What is at a path that is there."""
    for key in path:
        data = data[key]
    return data


def written(path: DataPath, data: Any) -> DataPath:
    """The path of a field, or of the short form that stands for what holds it."""
    while not has(data, path):
        path = path[:-1]
    return path


class Broken:
    """A bot's file with a change, and where everything in it stands."""

    def __init__(self, bot: Path, change: Callable[[Any], Any]) -> None:
        self._data = deepcopy(data_of(bot))
        change(self._data)
        # JSON is YAML, and has a line for each value.
        self._text = json.dumps(self._data, indent=1, ensure_ascii=False)
        self._file = bot.parent / f"{bot.stem}.yaml"

    def places(self) -> SourceMap:
        """Where the values and the keys of the file stand."""
        return parse(self._text, "f.yaml")[1]

    def problems(self, folder: Path) -> list[Problem]:
        """What is wrong with it; it lies in a copy of the folder of its bot."""
        for part in ("plain.json.j2", "parts"):
            link = folder / part
            if not link.exists():
                link.symlink_to(self._file.parent / part)
        file = folder / "f.yaml"
        file.write_text(self._text, encoding="utf-8")
        try:
            check_file(file, {})
        except ConfigProblems as error:
            return error.problems
        return []


def told(problems: list[Problem]) -> list[tuple[str, int, int, str | None]]:
    """The codes, places and hints of problems."""
    return [(p.code, p.place.line, p.place.column, p.hint) for p in problems]


def line_and_column(place: Place) -> tuple[int, int]:
    """A place without its file."""
    return place.line, place.column


def misspelt(name: str) -> str:
    """A name with two letters in its middle swapped, or with its last letter doubled."""
    for i in range(1, len(name) - 2):
        if name[i] != name[i + 1] and name[i : i + 2].isalpha():
            return name[:i] + name[i + 1] + name[i] + name[i + 2 :]
    return name + name[-1]
