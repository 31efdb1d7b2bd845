"""What a mistake in the shape of a file means for reading the rest of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from chatkit_host.config import codes
from chatkit_host.config.places import Path
from chatkit_host.config.problems import Collector, nearest
from chatkit_host.config.section import Section
from chatkit_host.config.shape import keys_of


@dataclass(frozen=True, slots=True)
class Fault:
    """A place that is wrong: a misspelt key with what is `meant`, a key too much, or a value.

    `instead` is what a value is read as.
    """

    path: Path
    meant: str | None = None
    is_wrong: bool = False
    instead: str | None = None


WORDS = {
    "prompt": "instructions",
    "system": "instructions",
    "system_prompt": "instructions",
    "functions": "tools",
    "args": "with",
    "arguments": "with",
    "params": "parameters",
    "url": "base_url",
    "cors": "allowed_origins",
}
"""What people write who know something else."""


def meant_key(key: str, section: type[Section], present: Collection[str]) -> str | None:
    """The key of a section that a wrong one is most like, of those that are not there already."""
    free = [known for known in keys_of(section) if known not in present]
    word = WORDS.get(key)
    return word if word in free else nearest(key, free)


def note_unknown_key(
    path: Path, section: type[Section], present: Collection[str], found: Collector
) -> None:
    """Notes a key that a section does not have."""
    key = str(path[-1])
    if key in section.later:
        message = f"{key!r} is not supported yet in this version"
        found.add(codes.NOT_YET, path, message, key=True)
        return
    hint = meant_key(key, section, present)
    cure = None if hint else f"here may stand: {', '.join(keys_of(section))}"
    message = f"unknown key {key!r}"
    found.add(codes.UNKNOWN_KEY, path, message, key=True, hint=hint, cure=cure)
