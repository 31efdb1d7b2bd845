"""Names that stand for a part of the state: which maps and lists are such parts.

Templates give copies. A name that `let` or `for` binds to a map or list of the state is that very
map or list, so that `set` can write it; everything else that is bound is a copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chatkit_host.steps.step import StepRun
from chatkit_host.templates import to_plain

ROOTS = ("state", "shared")


class LiveParts:
    """Every map and list in what a list of steps can write, found again by which one it is."""

    def __init__(self, run: StepRun) -> None:
        self._roots: dict[int, tuple[str, str]] = {}
        scope = run.turn.scope()
        for root in ROOTS:
            for name, value in scope.get(root, {}).items():
                self._walk(value, (root, name))

    def _walk(self, value: Any, root: tuple[str, str]) -> None:
        if isinstance(value, dict | list):
            self._roots[id(value)] = root
            for part in value.values() if isinstance(value, dict) else value:
                self._walk(part, root)

    def root_of(self, value: Any) -> tuple[str, str] | None:
        """Where the part lies: ("state", name) or ("shared", name); None if it is no such part."""
        return self._roots.get(id(value)) if isinstance(value, dict | list) else None

    def bound(self, value: Any) -> Any:
        """What a name is bound to: the part itself, or a copy of anything else."""
        return value if self.root_of(value) else to_plain(value)

    def all_bound(self, names: Mapping[str, Any]) -> dict[str, Any]:
        """The same for several names."""
        return {name: self.bound(value) for name, value in names.items()}
