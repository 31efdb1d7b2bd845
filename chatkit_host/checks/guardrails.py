"""`guardrails`: their patterns, modules and messages."""

from __future__ import annotations

from chatkit_host.checks.app import Checking
from chatkit_host.checks.models import check_pattern
from chatkit_host.checks.modules import check_module
from chatkit_host.checks.scope import Scope
from chatkit_host.config import ClientTool, Path, PythonGuardrail, codes
from chatkit_host.config.guardrails import DenyGuardrail


def check_guardrails(checking: Checking, scope: Scope) -> None:
    """Checks every guardrail."""
    for name, rail in checking.config.guardrails.items():
        path: Path = ("guardrails", name)
        checking.text(rail.message, (*path, "message"), scope)
        if isinstance(rail, PythonGuardrail):
            check_module(checking, rail.python, (*path, "python"))
        elif isinstance(rail, DenyGuardrail):
            check_pattern(checking, rail.deny, (*path, "deny"))
    for name, tool in checking.config.tools.items():
        if isinstance(tool, ClientTool) and tool.guardrails.output:
            message = f"the result of {name!r} comes from the page, after the turn has ended"
            cure = "no guardrail sees it; `input` ones look at the arguments"
            where: Path = ("tools", name, "guardrails", "output")
            checking.found.add(codes.UNFIT, where, message, cure=cure)
