"""`show:` → what of a run's work people see: thoughts, hosted calls, handoffs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chatkit_host.agents.display import Display
from chatkit_host.config.agents import Agent
from chatkit_host.config.root import Config
from chatkit_host.config.show import Show, ToolShow
from chatkit_host.config.tools import HostedTool
from chatkit_host.tools import KIND_OF_CALL, TaskText, hosted_task, readable
from chatkit_host.types import CustomTask, Task

HANDOFF_ICON = "agent"

Scope = Callable[[], Mapping[str, Any]]


class Shown:
    """What the file says of all agents, compiled once."""

    def __init__(self, config: Config) -> None:
        self.quiet = {name for name, agent in config.agents.items() if is_quiet(agent)}
        self.thoughts = {name: agent.show.reasoning for name, agent in config.agents.items()}
        self.handoffs = {name: _handoff(name, agent) for name, agent in config.agents.items()}
        self.hosted = {name: _hosted(config, agent) for name, agent in config.agents.items()}

    def to(self, scope: Scope) -> Display:
        """The same for one turn, whose names the templates see."""
        return _TurnDisplay(self, scope)


class _TurnDisplay(Display):
    """What is shown in one turn."""

    def __init__(self, shown: Shown, scope: Scope) -> None:
        self._shown = shown
        self._scope = scope

    def shows_answers(self, agent: str | None) -> bool:
        return agent not in self._shown.quiet

    def shows_thoughts(self, agent: str | None) -> bool:
        return self._shown.thoughts.get(agent or "", True)

    def hosted_task(self, call: Any, agent: str | None) -> Task | None:
        kind = KIND_OF_CALL[call.type]
        which = f"{kind} {call.server_label}" if kind == "mcp" else kind
        text = self._shown.hosted.get(agent or "", {}).get(which)
        return None if text is None else hosted_task(call, text, self._scope())

    def handoff_task(self, agent: str) -> Task | None:
        text = self._shown.handoffs.get(agent)
        if text is None:
            return None
        scope = self._scope()
        title = text.title(scope) or f"Over to {readable(agent)}"
        icon = text.icon or HANDOFF_ICON
        return CustomTask(title=title, icon=icon, content=text.content(scope))


def is_quiet(agent: Agent) -> bool:
    """Whether something else shows what the agent answers."""
    return agent.output is not None and bool(agent.output.widget or agent.output.steps)


def shows_call(spec: HostedTool) -> bool:
    """Whether people see a task for the calls of a hosted tool.

    A picture in the making is seen as it is, so its task is only for those who ask for it.
    """
    return spec.hosted.kind != "image_generation" if spec.show is None else spec.show.is_task


def _hosted(config: Config, agent: Agent) -> dict[str, TaskText]:
    """The texts for an agent's hosted tools; MCP servers are told apart by their names."""
    texts: dict[str, TaskText] = {}
    for name in agent.tools:
        spec = config.tools[name]
        if isinstance(spec, HostedTool) and shows_call(spec):
            kind = spec.hosted.kind
            which = f"{kind} {name}" if kind == "mcp" else kind
            texts[which] = TaskText(spec.show or ToolShow(), name)
    return texts


def _handoff(name: str, agent: Agent) -> TaskText | None:
    show: Show = agent.show.handoff
    return TaskText(show, name) if show.is_task else None
