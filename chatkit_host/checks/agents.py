"""`agents`: their templates, and whether their models can do what their tools want."""

from __future__ import annotations

from chatkit_host.checks.app import Checking
from chatkit_host.checks.scope import Scope
from chatkit_host.checks.show import check_show
from chatkit_host.config import Agent, HostedTool, Path, ProviderModel, codes


def check_agents(checking: Checking, scope: Scope) -> None:
    """Checks every agent."""
    for name, agent in checking.config.agents.items():
        path: Path = ("agents", name)
        checking.text(agent.instructions, (*path, "instructions"), scope)
        check_show(checking, agent.show.handoff, (*path, "show", "handoff"), scope)
        _check_hosted(checking, agent, path)


def _check_hosted(checking: Checking, agent: Agent, path: Path) -> None:
    """Hosted tools are the Responses API's alone, and never come back to be stopped at."""
    model = _model_without_them(checking, agent)
    kinds: dict[str, str] = {}
    for i, name in enumerate(agent.tools):
        tool = checking.config.tools.get(name)
        if not isinstance(tool, HostedTool):
            continue
        where, kind = (*path, "tools", i), tool.hosted.kind
        if model is not None:
            message = f"{name!r} is a hosted tool, and the model {model!r} has none"
            cure = "let the agent use a model with `api: responses`"
            checking.found.add(codes.UNFIT, where, message, cure=cure)
        if kind in kinds and kind != "mcp":
            message = f"{name!r} and {kinds[kind]!r} are both {kind}; an agent can have one"
            checking.found.add(codes.UNFIT, where, message, cure="leave one of them")
        kinds[kind] = name
    for i, name in enumerate(agent.stop_at):
        if isinstance(checking.config.tools.get(name), HostedTool):
            message = f"no turn can stop at {name!r}: the model's server runs it, and goes on"
            checking.found.add(codes.UNFIT, (*path, "stop_at", i), message)


def _model_without_them(checking: Checking, agent: Agent) -> str | None:
    """The agent's model, by name, if it speaks the API that has no hosted tools.

    Rules have none either, but answer in place of any model: they pass the tools over.
    """
    models = checking.config.models
    name = agent.model or ("default" if "default" in models else next(iter(models), None))
    model = None if name is None else models.get(name)
    if isinstance(model, ProviderModel) and model.api == "chat_completions":
        return name
    return None
