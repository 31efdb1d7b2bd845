"""`guardrails`: their patterns, modules and messages."""

from __future__ import annotations

from chatkit_host.checks.app import Checking
from chatkit_host.checks.models import check_pattern
from chatkit_host.checks.modules import check_module
from chatkit_host.checks.scope import Scope
from chatkit_host.config import Path, PythonGuardrail


def check_guardrails(checking: Checking, scope: Scope) -> None:
    """Checks every guardrail."""
    for name, rail in checking.config.guardrails.items():
        path: Path = ("guardrails", name)
        checking.text(rail.message, (*path, "message"), scope)
        if isinstance(rail, PythonGuardrail):
            check_module(checking, rail.python, (*path, "python"))
        else:
            check_pattern(checking, rail.deny, (*path, "deny"))
