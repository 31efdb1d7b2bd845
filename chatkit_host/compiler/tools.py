"""`tools:` → tools that can be called, whoever calls them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chatkit_host.compiler.functions import load_function
from chatkit_host.compiler.lists import StepList
from chatkit_host.compiler.rails import Rail, tool_rails
from chatkit_host.config import tools as config
from chatkit_host.config.root import Config
from chatkit_host.templates import compile_text, compile_value
from chatkit_host.tools import (
    DEFAULT_PARAMETERS,
    AgentKind,
    ApprovalRule,
    ClientKind,
    HostedKind,
    PythonKind,
    ReturnKind,
    StepsKind,
    TaskText,
    Tool,
    ToolKind,
)


def compile_tools(settings: Config, rails: Mapping[str, Rail]) -> dict[str, Tool]:
    """All declared tools, by name.

    Raises:
        ConfigError: a plugin cannot be imported, or lacks a function that a tool names.
    """
    return {name: _compile(name, spec, rails, settings) for name, spec in settings.tools.items()}


def _compile(name: str, spec: config.Tool, rails: Mapping[str, Rail], settings: Config) -> Tool:
    return Tool(
        name=name,
        description=spec.description,
        parameters=_parameters(spec),
        kind=KINDS[spec.kind](name, spec, settings),
        progress=None if spec.progress is None else compile_text(spec.progress),
        select=None if spec.select is None else compile_value(spec.select),
        widget=spec.widget,
        rails=tool_rails(rails, spec.guardrails),
        show=TaskText(spec.show, name) if spec.show and spec.show.is_task else None,
        approval=_approval(spec),
        timeout=spec.timeout,
    )


def _approval(spec: config.Tool) -> ApprovalRule | None:
    wanted = spec.approval is not None and spec.approval.is_possible
    return ApprovalRule(spec.approval, spec) if spec.approval is not None and wanted else None


def _parameters(spec: config.Tool) -> dict[str, Any]:
    asked_freely = spec.kind == "agent" and not spec.parameters.get("properties")
    return DEFAULT_PARAMETERS if asked_freely else spec.parameters


def _python(name: str, spec: config.PythonTool, _: Config) -> ToolKind:
    return PythonKind(load_function(spec.python, f"tools.{name}.python"))


def _steps(_: str, spec: config.StepsTool, settings: Config) -> ToolKind:
    return StepsKind(StepList(settings, spec.steps).run)


KINDS: Mapping[str, Callable[[str, Any, Config], ToolKind]] = {
    "python": _python,
    "steps": _steps,
    "return": lambda _, spec, __: ReturnKind(spec),
    "client": lambda name, _, __: ClientKind(name),
    "agent": lambda _, spec, __: AgentKind(spec.agent),
    "hosted": lambda name, _, __: HostedKind(name),
}
