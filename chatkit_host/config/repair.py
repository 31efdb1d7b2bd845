"""Data with mistakes, made readable: one mistake must not make others out of what is right.

A misspelt key is read as what is meant, a key of no meaning is left out, and a thing that is wrong
is lost: what refers to it is neither right nor wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from chatkit_host.config.faults import Fault, meant_key, note_unknown_key
from chatkit_host.config.places import Path
from chatkit_host.config.problems import Collector
from chatkit_host.config.root import Config
from chatkit_host.config.section import is_free
from chatkit_host.config.shape import keys_of
from chatkit_host.config.translate import value_at

# What stands in for a wrong agent or model, so that what refers to it can still be checked.
_PLACEHOLDERS: dict[str, Any] = {
    "agents": {"instructions": "", "model": "-/-"},
    "models": {"provider": "openai", "model": "-"},
}


def with_known_sections(data: dict[str, Any], found: Collector) -> dict[str, Any]:
    """The data with every misspelt section under its right name, after noting it."""
    for name in [name for name in data if name not in keys_of(Config) and not is_free(name)]:
        meant = meant_key(name, Config, data)
        if meant is not None:
            note_unknown_key((name,), Config, data, found)
            data = renamed(data, name, meant)
            found.rename((name,), meant)
    return data


def renamed(given: dict[str, Any], key: str, meant: str) -> dict[str, Any]:
    """The same map, with another name for one key."""
    return {meant if name == key else name: value for name, value in given.items()}


class Repair:
    """The data of a file, mended fault by fault until it can be read."""

    def __init__(self, data: dict[str, Any], found: Collector, named: tuple[str, ...]) -> None:
        self.data = data
        self.found = found
        self.lost: dict[Path, Any] = {}
        """What had to be left out: sections, and things that they name."""
        self.doubtful: set[Path] = set()
        """Maps in which a guess was wrong: what else is missing there may stand under that key."""
        self._named = named
        self._is_copy = False

    def mend(self, faults: list[Fault]) -> None:
        """Mends what can be mended, and leaves out the rest."""
        if not self._is_copy:
            self.data, self._is_copy = deepcopy(self.data), True
        for fault in faults:
            holder = value_at(fault.path[:-1], self.data)
            key = fault.path[-1] if fault.path else ""
            if fault.instead is not None and isinstance(holder, dict) and key in holder:
                holder[str(key)] = fault.instead
            elif not isinstance(holder, dict) or key not in holder or fault.is_wrong:
                self._lose(fault.path)
            elif fault.meant is None:
                self._leave_out(holder, fault.path)
            else:
                self._rename(holder, fault.path, fault.meant)

    def _rename(self, holder: dict[str, Any], path: Path, meant: str) -> None:
        mended = renamed(holder, str(path[-1]), meant)
        holder.clear()
        holder.update(mended)
        self.found.rename(path, meant)

    def _leave_out(self, holder: dict[str, Any], path: Path) -> None:
        del holder[str(path[-1])]
        if path in self.found.guesses:
            self.found.guesses.remove(path)
            self.doubtful.add(path[:-1])

    def _lose(self, path: Path) -> None:
        """Leaves out the named thing, or the section, that holds a path."""
        section, *rest = path or ("",)
        things = self.data.get(str(section))
        if rest and section in self._named and isinstance(things, dict) and rest[0] in things:
            name = str(rest[0])
            self.lost[(section, name)] = things.pop(name)
            if section in _PLACEHOLDERS:
                things[name] = _PLACEHOLDERS[str(section)]
        elif section in self.data:
            self.lost[(section,)] = self.data.pop(str(section))


def names_in(section: str, data: Mapping[str, Any], lost: Mapping[Path, Any]) -> frozenset[str]:
    """The names that a section gives to things, also to those that were left out."""
    given = lost.get((section,), data.get(section))
    if given is not None and not isinstance(given, dict):
        return AnyName()
    kept = frozenset(given or ())
    return kept | {str(path[1]) for path in lost if path[0] == section and len(path) > 1}


class AnyName(frozenset[str]):
    """The names of a section that cannot be read: whatever is sought may be among them."""

    def __contains__(self, name: object) -> bool:
        return True
