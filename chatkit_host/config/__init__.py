"""chatkit.yaml as frozen models."""

from __future__ import annotations

from chatkit_host.config import codes
from chatkit_host.config.absent import with_absent
from chatkit_host.config.actions import Action, ClientAction, StepsAction
from chatkit_host.config.agents import Agent
from chatkit_host.config.auth import AnonymousAuth, ApiKey, ApiKeysAuth, Auth
from chatkit_host.config.guardrails import Guardrail, PythonGuardrail
from chatkit_host.config.limits import Limits
from chatkit_host.config.loader import Draft, Loaded, load, read
from chatkit_host.config.models import Model, ModelSettings, ProviderModel, Rule, RulesModel
from chatkit_host.config.places import Path, Place, SourceMap
from chatkit_host.config.problems import Collector, ConfigProblems, Problem
from chatkit_host.config.respond import Respond
from chatkit_host.config.root import Config
from chatkit_host.config.schemas import to_json_schema
from chatkit_host.config.server import Server
from chatkit_host.config.show import Show, ToolShow
from chatkit_host.config.steps import Step
from chatkit_host.config.storage import Storage
from chatkit_host.config.tools import (
    AgentTool,
    ClientTool,
    HostedTool,
    PythonTool,
    ReturnTool,
    StepsTool,
    Tool,
)
from chatkit_host.config.values import Rate
from chatkit_host.config.widgets import FileWidget, TreeWidget, Widget

__all__ = [
    "Action",
    "Agent",
    "AgentTool",
    "AnonymousAuth",
    "ApiKey",
    "ApiKeysAuth",
    "Auth",
    "ClientAction",
    "ClientTool",
    "Collector",
    "Config",
    "ConfigProblems",
    "Draft",
    "FileWidget",
    "Guardrail",
    "HostedTool",
    "Limits",
    "Loaded",
    "Model",
    "ModelSettings",
    "Path",
    "Place",
    "Problem",
    "ProviderModel",
    "PythonGuardrail",
    "PythonTool",
    "Rate",
    "Respond",
    "ReturnTool",
    "Rule",
    "RulesModel",
    "Server",
    "Show",
    "SourceMap",
    "Step",
    "StepsAction",
    "StepsTool",
    "Storage",
    "Tool",
    "ToolShow",
    "TreeWidget",
    "Widget",
    "codes",
    "load",
    "read",
    "to_json_schema",
    "with_absent",
]
