"""Tools: one file a kind, behind one Protocol."""

from __future__ import annotations

from chatkit_host.tools.agent import DEFAULT_PARAMETERS, AgentKind
from chatkit_host.tools.approval import ApprovalRule, version_of
from chatkit_host.tools.client import ClientKind
from chatkit_host.tools.hosted import SOURCES, HostedKind, sdk_tool
from chatkit_host.tools.hosted_tasks import KIND_OF_CALL, hosted_task
from chatkit_host.tools.kind import ToolKind
from chatkit_host.tools.python import PythonKind
from chatkit_host.tools.returns import ReturnKind
from chatkit_host.tools.steps import StepsKind
from chatkit_host.tools.task_text import TaskText, readable
from chatkit_host.tools.tool import Tool, argument_scope

__all__ = [
    "DEFAULT_PARAMETERS",
    "KIND_OF_CALL",
    "SOURCES",
    "AgentKind",
    "ApprovalRule",
    "ClientKind",
    "HostedKind",
    "PythonKind",
    "ReturnKind",
    "StepsKind",
    "TaskText",
    "Tool",
    "ToolKind",
    "argument_scope",
    "hosted_task",
    "readable",
    "sdk_tool",
    "version_of",
]
