"""`on`: steps that are done when something happens."""

from __future__ import annotations

from chatkit_host.checks.app import Checking
from chatkit_host.checks.endpoints import STREAMED
from chatkit_host.checks.scope import Scope
from chatkit_host.checks.steps import check_steps
from chatkit_host.config import codes
from chatkit_host.config.references import walk_steps


def check_hooks(checking: Checking, scope: Scope) -> None:
    """Checks every hook."""
    hooks = checking.config.on
    check_steps(checking, hooks.thread_created, ("on", "thread_created"), scope)
    inner = scope.plus({"feedback": {"kind": None, "item_ids": None}})
    check_steps(checking, hooks.feedback, ("on", "feedback"), inner)
    for path, step in walk_steps(hooks.feedback, ("on", "feedback")):
        if step.kind in STREAMED:
            message = f"{step.kind!r} cannot be in `on: feedback`: nobody reads a stream there"
            checking.found.add(codes.UNFIT, (*path, step.kind), message, key=True)
