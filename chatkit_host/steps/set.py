"""`set`: writes the state, what is shared, and the thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chatkit_host.config import steps as config
from chatkit_host.steps.live import LiveParts
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import RenderError, compile_value
from chatkit_host.types import ActiveStatus, ClosedStatus, LockedStatus, ThreadMetadata

STATUSES = {"active": ActiveStatus, "locked": LockedStatus, "closed": ClosedStatus}


class SetStep:
    """Writes top to bottom: a later value sees what an earlier line wrote.

    What is shared is stored when all lines are done, so that nobody sees half of them.
    """

    def __init__(self, spec: config.SetStep) -> None:
        self._writes = [
            (tuple(target.split(".")), compile_value(value)) for target, value in spec.set.items()
        ]

    async def run(self, run: StepRun) -> None:
        async with run.turn.shared.changing() as changed:
            for path, value in self._writes:
                name = write(run, path, value.render(run.scope()))
                changed.update([name] if name else [])


def write(run: StepRun, path: tuple[str, ...], value: Any) -> str | None:
    """Put a value where the path leads; `check` has seen that it may be written.

    Gives the name of the shared value that this has changed, if it has.
    """
    match path:
        case ("state", *keys):
            _write_into(run.turn.state, keys, value)
        case ("shared", name, *keys):
            _write_into(run.turn.shared.values, [name, *keys], value)
            return name
        case ("thread", "metadata", *keys):
            _write_into(run.turn.thread.metadata, keys, value)
        case ("thread", "title"):
            run.turn.thread.title = None if value is None else str(value)
        case ("thread", "status"):
            _set_status(run.turn.thread, value)
        case (name, *keys) if name in run.names and keys:
            return _write_through(run, name, keys, value)
        case _:
            raise RenderError(f"{'.'.join(path)} cannot be set")
    return None


def _write_through(run: StepRun, name: str, keys: list[str], value: Any) -> str | None:
    """Write the part of the state, or of what is shared, that a name stands for."""
    part = run.names[name]
    root = LiveParts(run).root_of(part)
    if root is None:
        raise RenderError(f"{name!r} is not, or no longer, a part of the state: nothing can be set")
    _write_into(part, keys, value)
    return root[1] if root[0] == "shared" else None


def _write_into(place: Any, keys: list[str], value: Any) -> None:
    *way, last = keys
    for key in way:
        place = _step_into(place, key)
    if isinstance(place, list):
        place[_index(place, last)] = value
    elif isinstance(place, dict):
        place[last] = value
    else:
        raise RenderError(f"nothing can be set in {place!r}")


def _step_into(place: Any, key: str) -> Any:
    if isinstance(place, list):
        return place[_index(place, key)]
    if isinstance(place, dict):
        return place.setdefault(key, {})
    raise RenderError(f"there is no {key!r} in {place!r}")


def _index(place: list[Any], key: str) -> int:
    if key.isdecimal() and int(key) < len(place):
        return int(key)
    raise RenderError(f"{key!r} is no place in a list of {len(place)}")


def _set_status(thread: ThreadMetadata, value: Any) -> None:
    given = {"type": value} if isinstance(value, str) else value
    kind = STATUSES.get(str(given.get("type"))) if isinstance(given, Mapping) else None
    if kind is None:
        raise RenderError(f"thread.status is one of {', '.join(STATUSES)}, or a map with that type")
    reason = given.get("reason")
    if kind is ActiveStatus or reason is None:
        thread.status = kind()
    else:
        thread.status = kind(reason=str(reason))
