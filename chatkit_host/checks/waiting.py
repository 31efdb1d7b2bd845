"""Steps that wait for an answer, where none can come."""

from __future__ import annotations

from collections.abc import Iterable

from chatkit_host.checks.app import Checking
from chatkit_host.config import Path, codes
from chatkit_host.config.references import walk_steps
from chatkit_host.config.steps import ClientToolStep, Step, StructuredInputStep


def check_sync(checking: Checking, steps: Iterable[Step], path: Path) -> None:
    """Notes the steps of a sync action that would have to wait."""
    for inner, step in walk_steps(steps, path):
        if isinstance(step, ClientToolStep | StructuredInputStep):
            message = f"{step.kind!r} cannot be in a sync action, whose answer is one item"
            where = (*inner, step.kind)
            checking.found.add(codes.ACTION, where, message, key=True, cure="take `sync` out")
