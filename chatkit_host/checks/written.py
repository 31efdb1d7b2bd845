"""What the steps of a file write, of those too that are too wrong to be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatkit_host.config import Loaded, Path
from chatkit_host.config.scoped import every_step
from chatkit_host.config.steps import SetStep

_WITH_STEPS = ("tools", "actions", "agents", "endpoints", "on")


def targets_of(loaded: Loaded) -> list[str]:
    """Every place that some step of the file writes."""
    steps = every_step(loaded.config)
    read = [target for step in steps if isinstance(step, SetStep) for target in step.set]
    return [*read, *(target for raw in loaded.lost.values() for target in _targets_in(raw))]


def _targets_in(raw: Any) -> Iterator[str]:
    """The same of what could not be read."""
    if isinstance(raw, dict):
        written = raw.get("set")
        yield from map(str, written if isinstance(written, dict) else ())
    for each in raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ():
        yield from _targets_in(each)


def may_hold_steps(path: Path) -> bool:
    """Whether there may have been steps in a lost part of the file."""
    return path[0] in _WITH_STEPS
