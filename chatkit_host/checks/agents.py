"""`agents`: their templates, and whether their models can do what their tools want."""

from __future__ import annotations

from chatkit_host.checks.app import Checking
from chatkit_host.checks.packages import has_hosted_tools
from chatkit_host.checks.scope import Scope
from chatkit_host.checks.shapes import shape_of_schema
from chatkit_host.checks.show import check_show
from chatkit_host.checks.steps import check_steps
from chatkit_host.config import Agent, AgentTool, HostedTool, Path, ProviderModel, codes
from chatkit_host.config.references import walk_steps
from chatkit_host.config.steps import RespondStep


def check_agents(checking: Checking, scope: Scope) -> None:
    """Checks every agent."""
    for name, agent in checking.config.agents.items():
        path: Path = ("agents", name)
        checking.text(agent.instructions, (*path, "instructions"), scope)
        for i, handoff in enumerate(agent.handoffs):
            checking.expression(handoff.if_, (*path, "handoffs", i, "if"), scope)
        _check_output(checking, name, agent, path, scope)
        _check_speakers(checking, agent, path)
        check_show(checking, agent.show.handoff, (*path, "show", "handoff"), scope)
        _check_hosted(checking, agent, path)


def _check_output(checking: Checking, name: str, agent: Agent, path: Path, scope: Scope) -> None:
    """What becomes of an answer that is data."""
    if agent.output is None:
        return
    where = (*path, "output", "steps")
    shape = shape_of_schema(agent.output.schema_)
    check_steps(checking, agent.output.steps, where, scope.plus({"output": shape}))
    for inner, step in walk_steps(agent.output.steps, where):
        if isinstance(step, RespondStep) and step.respond.agent in (None, name):
            message = f"{name!r} would answer its own answer, again and again"
            cure = "name another agent here"
            checking.found.add(codes.UNFIT, (*inner, "respond"), message, cure=cure)


def _check_speakers(checking: Checking, agent: Agent, path: Path) -> None:
    """An agent that speaks in the place of another must hold to what that one holds to."""
    for i, name in enumerate(agent.stop_at):
        tool = checking.config.tools.get(name)
        spoken_for = tool.agent if isinstance(tool, AgentTool) else ""
        other = checking.config.agents.get(spoken_for)
        if other is None or checking.is_lost("agents", spoken_for):
            continue
        lacking = _lacking(checking, agent, other)
        asking = [name for name in other.tools if _wants_approval(checking, name)]
        if asking:
            message = f"{asking[0]!r} wants an approval, and what speaks for another cannot wait"
            cure = "hand the conversation over instead, or leave it out of `stop_at`"
            checking.found.add(codes.UNFIT, (*path, "stop_at", i), message, cure=cure)
        if lacking:
            message = f"what {name!r} says is the answer, and {lacking[0]!r} does not look at it"
            cure = "give that agent the guardrail too"
            checking.found.add(codes.UNFIT, (*path, "stop_at", i), message, cure=cure)


def _lacking(checking: Checking, agent: Agent, other: Agent) -> list[str]:
    """The guardrails that look at what an agent says, and not at what the other one says."""
    known, theirs = checking.names.guardrails, other.guardrails.output
    if any(rail not in known for rail in theirs):
        return []  # who knows what is meant
    return [rail for rail in agent.guardrails.output if rail in known and rail not in theirs]


def _wants_approval(checking: Checking, tool: str) -> bool:
    spec = checking.config.tools.get(tool)
    return spec is not None and spec.approval is not None and spec.approval.is_possible


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


def model_of(checking: Checking, agent: Agent) -> str | None:
    """The name of the model that an agent thinks with."""
    models = checking.config.models
    return agent.model or ("default" if "default" in models else next(iter(models), None))


def _model_without_them(checking: Checking, agent: Agent) -> str | None:
    """The agent's model, by name, if it speaks the API that has no hosted tools.

    Rules have none either, but answer in place of any model: they pass the tools over.
    """
    models = checking.config.models
    name = model_of(checking, agent)
    asked = [name] if name is not None else []
    for each in asked:  # grows by the models that answer in the place of these
        model = models.get(each)
        if isinstance(model, ProviderModel):
            if not has_hosted_tools(model):
                return each
            asked += [other for other in model.fallback if other not in asked]
    return None
