"""`tools`: their names, their modules, and their templates."""

from __future__ import annotations

import re

from chatkit_host.checks.app import Checking
from chatkit_host.checks.approval import check_approval
from chatkit_host.checks.modules import check_module
from chatkit_host.checks.scope import Scope
from chatkit_host.checks.shapes import shape_of_schema
from chatkit_host.checks.show import check_tool_show
from chatkit_host.checks.steps import check_steps
from chatkit_host.config import Path, PythonTool, ReturnTool, StepsTool, Tool, codes

_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def check_tools(checking: Checking, scope: Scope) -> None:
    """Checks every tool."""
    for name in checking.names.tools:
        if not _NAME.fullmatch(name):
            cure = "up to 64 letters, digits, _ and -, for that is what models take"
            message = f"a tool cannot be called {name!r}"
            checking.found.add(codes.BAD_NAME, ("tools", name), message, key=True, cure=cure)
    for name, tool in checking.config.tools.items():
        _check_tool(checking, tool, ("tools", name), scope)


def _check_tool(checking: Checking, tool: Tool, path: Path, scope: Scope) -> None:
    parameters = shape_of_schema(tool.parameters)
    # A parameter named like something in scope is read as args.…
    scope = scope.under(parameters or {}).plus({"args": parameters})
    check_tool_show(checking, tool, path, scope)
    checking.text(tool.progress, (*path, "progress"), scope)
    if tool.approval is not None:
        check_approval(checking, tool.approval, (*path, "approval"), scope)
    if tool.select is not None:
        checking.value(tool.select, (*path, "select"), scope.plus({"result": None}))
    if isinstance(tool, StepsTool):
        check_steps(checking, tool.steps, (*path, "steps"), scope)
    elif isinstance(tool, ReturnTool):
        checking.value(tool.return_, (*path, "return"), scope)
    elif isinstance(tool, PythonTool):
        check_module(checking, tool.python, (*path, "python"))
