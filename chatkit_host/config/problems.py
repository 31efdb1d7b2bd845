"""A mistake in a file, with its place and its cure; and all of them together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from typing import Any, Literal

from chatkit_host.config.places import Path, Place, SourceMap
from chatkit_host.errors import ConfigError

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: a stable code, where it is, what it is, and what to do about it."""

    code: str
    place: Place
    path: Path
    message: str
    hint: str | None = None
    cure: str | None = None
    source: str = ""
    severity: Severity = "error"

    @property
    def line(self) -> str:
        """The problem in one line."""
        dotted = shown(self.path)
        where = f"{self.place}: {dotted}: " if dotted else f"{self.place}: "
        hint = f"; did you mean {self.hint!r}?" if self.hint else ""
        cure = f"; {self.cure}" if self.cure else ""
        warning = "warning: " if self.severity == "warning" else ""
        return f"{where}{warning}{self.message}{hint}{cure} [{self.code}]"

    def __str__(self) -> str:
        """The line, and beneath it the line of the file with a mark at the place."""
        if not self.source.strip():
            return self.line
        before = self.source[: self.place.column - 1]
        mark = "".join("\t" if c == "\t" else " " for c in before) + "^"
        return f"{self.line}\n    {self.source}\n    {mark}"

    def as_json(self) -> dict[str, Any]:
        """The problem for machines."""
        given = asdict(self)
        place = given.pop("place")
        return {**place, **given, "path": list(self.path)}


class ConfigProblems(ConfigError):  # noqa: N818 — it holds many
    """Everything that is wrong with a file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Collector:
    """Collects problems of one file, in the order of their places."""

    def __init__(self, places: SourceMap) -> None:
        self.places = places
        self.secrets: set[str] = set()
        self.variables: dict[Path, tuple[str, ...]] = {}
        self.guesses: set[Path] = set()
        """Keys that stand there misspelt, by what is meant as far as one can guess."""
        self._spoilt: set[Path] = set()
        self._found: dict[tuple[Place, str, str], Problem] = {}

    def add(
        self,
        code: str,
        path: Path,
        message: str,
        *,
        key: bool = False,
        line: int | None = None,
        at: Place | None = None,
        hint: str | None = None,
        cure: str | None = None,
        severity: Severity = "error",
    ) -> None:
        """Notes a problem at the value of `path`, at its key, at a line of its text, or `at`."""
        if self._is_spoilt(path):
            return
        place = at or self._place(path, key, line)
        text = self._masked(message)
        source = self.places.text(place)
        found = Problem(code, place, path, text, hint, cure, source, severity)
        self._found.setdefault((place, code, text), found)

    def adopt(self, problems: Iterable[Problem], path: Path) -> None:
        """Takes over the problems of a file that stands at `path`."""
        for found in problems:
            moved = replace(found, path=(*path, *found.path))
            self._found.setdefault((moved.place, moved.code, moved.message), moved)

    def absorb(self, other: Collector) -> None:
        """Takes over what was found in another file that has become part of this one."""
        self.adopt(other.problems, ())
        self.secrets |= other.secrets
        self._spoilt |= other._spoilt
        self.guesses |= other.guesses
        self.variables |= other.variables

    def keep_secret(self, text: str) -> None:
        """Has a text masked in every message; short ones would mask half of it."""
        if len(text) > 3:
            self.secrets.add(text)

    def note_variable(self, path: Path, name: str) -> None:
        """Remembers that a `${name}` went into the value of a path."""
        self.variables[path] = (*self.variables.get(path, ()), name)

    def has_under(self, path: Path) -> bool:
        """Whether something is wrong with a path, or with what is in it."""
        return any(found.path[: len(path)] == path for found in self._found.values())

    def spoil(self, path: Path) -> None:
        """Says that a value could not be read: what else is wrong with it is of no interest."""
        self._spoilt.add(path)

    def rename(self, path: Path, key: str) -> None:
        """Takes a key for a misspelt one, and gives it the name that is meant."""
        size, to = len(path), (*path[:-1], key)
        self.places.rename(path, key)
        self.guesses.add(to)
        self._spoilt = {
            (*to, *each[size:]) if each[:size] == path else each for each in self._spoilt
        }

    def _is_spoilt(self, path: Path) -> bool:
        return any(path[:size] in self._spoilt for size in range(len(path) + 1))

    def _place(self, path: Path, key: bool, line: int | None) -> Place:
        if line is not None:
            return self.places.inside(path, line)
        return self.places.key(path) if key else self.places.value(path)

    def _masked(self, message: str) -> str:
        for secret in self.secrets:
            message = message.replace(secret, "***")
        return message

    @property
    def problems(self) -> list[Problem]:
        """All that keeps the bot from starting, in the order of the file."""
        return self._of("error")

    @property
    def warnings(self) -> list[Problem]:
        """What should be looked at, and keeps nothing from starting."""
        return self._of("warning")

    def _of(self, severity: Severity) -> list[Problem]:
        main = self.places.file
        return sorted(
            (found for found in self._found.values() if found.severity == severity),
            key=lambda p: (p.place.file != main, p.place.file, p.place.line, p.place.column),
        )


def shown(path: Path) -> str:
    """A path as a reader of the file writes it: `tools.feed.steps[0].set`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The known name that is most like a wrong one, if any is."""
    return next(iter(get_close_matches(name, list(names), n=1)), None)
