"""Tools: one file a kind, behind one Protocol."""

from __future__ import annotations

from chatkit_host.tools.agent import DEFAULT_PARAMETERS, AgentKind
from chatkit_host.tools.client import ClientKind
from chatkit_host.tools.kind import ToolKind
from chatkit_host.tools.python import PythonKind
from chatkit_host.tools.returns import ReturnKind
from chatkit_host.tools.steps import StepsKind
from chatkit_host.tools.tool import Tool, argument_scope

__all__ = [
    "DEFAULT_PARAMETERS",
    "AgentKind",
    "ClientKind",
    "PythonKind",
    "ReturnKind",
    "StepsKind",
    "Tool",
    "ToolKind",
    "argument_scope",
]
