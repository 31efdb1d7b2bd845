"""Names that lead from one section to another; one that leads nowhere is a problem."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from chatkit_host.config import codes
from chatkit_host.config.actions import StepsAction
from chatkit_host.config.endpoints import StepsEndpoint
from chatkit_host.config.guardrails import AgentGuardrails, ToolGuardrails
from chatkit_host.config.models import Move, RulesModel
from chatkit_host.config.places import Path
from chatkit_host.config.problems import Collector, nearest
from chatkit_host.config.repair import names_in
from chatkit_host.config.respond import Titler
from chatkit_host.config.root import Config
from chatkit_host.config.steps import CallStep, ForStep, IfStep, RespondStep, Step, WidgetStep
from chatkit_host.config.tools import AgentTool, StepsTool


@dataclass(frozen=True, slots=True)
class Names:
    """The names that the file gives to things, also to those that are wrong themselves."""

    models: frozenset[str] = field(default_factory=frozenset)
    agents: frozenset[str] = field(default_factory=frozenset)
    tools: frozenset[str] = field(default_factory=frozenset)
    widgets: frozenset[str] = field(default_factory=frozenset)
    actions: frozenset[str] = field(default_factory=frozenset)
    guardrails: frozenset[str] = field(default_factory=frozenset)
    state: frozenset[str] = field(default_factory=frozenset)
    shared: frozenset[str] = field(default_factory=frozenset)
    request: frozenset[str] = field(default_factory=frozenset)


def names_of(data: Mapping[str, Any], lost: Mapping[Path, Any]) -> Names:
    """The names in the sections of a file's data, and of what is lost of them."""
    sections = (each.name for each in fields(Names))
    return Names(*(names_in(section, data, lost) for section in sections))


def check_references(config: Config, names: Names, found: Collector) -> None:
    """Notes every name that leads nowhere, with the nearest one that leads somewhere."""
    check = _References(names, found)
    check.agents(config)
    check.tools(config)
    check.rules(config)
    check.fallbacks(config)
    check.respond(config)
    check.composer(config)
    check.entities(config)
    check.transcription(config)
    for name, action in config.actions.items():
        if isinstance(action, StepsAction):
            check.steps(action.steps, ("actions", name, "steps"))
    for name, endpoint in config.endpoints.items():
        if isinstance(endpoint, StepsEndpoint):
            check.steps(endpoint.steps, ("endpoints", name, "steps"))
    check.steps(config.on.thread_created, ("on", "thread_created"))
    check.steps(config.on.feedback, ("on", "feedback"))


class _References:
    """The checks, one method a section."""

    def __init__(self, names: Names, found: Collector) -> None:
        self.names = names
        self.found = found

    def one(self, noun: str, name: str | None, known: Collection[str], path: Path) -> None:
        """Notes a name that is not among the known ones."""
        if name is None or name in known:
            return
        hint = nearest(name, known)
        cure = None if hint else _cure(noun, known)
        self.found.add(
            codes.UNKNOWN_NAME, path, f"there is no {noun} {name!r}", hint=hint, cure=cure
        )

    def many(self, noun: str, given: Iterable[str], known: Collection[str], path: Path) -> None:
        """Notes every name of a list that is not among the known ones."""
        for i, name in enumerate(given):
            self.one(noun, name, known, (*path, i))

    def agents(self, config: Config) -> None:
        """What agents name: a model, tools, other agents."""
        for name, agent in config.agents.items():
            path: Path = ("agents", name)
            self.many("tool", agent.tools, self.names.tools, (*path, "tools"))
            self.many("tool among this agent's:", agent.stop_at, agent.tools, (*path, "stop_at"))
            self.guardrails(agent.guardrails, path)
            for i, handoff in enumerate(agent.handoffs):
                self.one("agent", handoff.agent, self.names.agents, self._at(path, "handoffs", i))
            if agent.output is not None:
                where = (*path, "output")
                self.one("widget", agent.output.widget, self.names.widgets, (*where, "widget"))
                self.steps(agent.output.steps, (*where, "steps"))
            self._model(agent.model, path)

    def _model(self, model: str | None, path: Path) -> None:
        if model is None:
            if "default" not in self.names.models and len(self.names.models) != 1:
                message = "this agent does not say which model it thinks with"
                cure = "give it a `model:`, or name a model `default`"
                self.found.add(codes.AMBIGUOUS, path, message, key=True, cure=cure)
        elif "/" not in model:
            self.one("model", model, self.names.models, (*path, "model"))

    def _at(self, path: Path, section: str, i: int) -> Path:
        """Where a handoff's agent stands: in the long form, or as the whole of the short one."""
        long = (*path, section, i, "agent")
        return long if long in self.found.places.values else long[:-1]

    def guardrails(self, given: AgentGuardrails | ToolGuardrails, path: Path) -> None:
        """The guardrails of an agent or a tool."""
        for side in ("input", "output"):
            rails: tuple[str, ...] = getattr(given, side)
            self.many("guardrail", rails, self.names.guardrails, (*path, "guardrails", side))

    def tools(self, config: Config) -> None:
        """What tools name: agents, widgets, and what their steps name."""
        for name, tool in config.tools.items():
            path: Path = ("tools", name)
            self.one("widget", tool.widget, self.names.widgets, (*path, "widget"))
            self.guardrails(tool.guardrails, path)
            if tool.approval is not None:
                asking = (*path, "approval", "widget")
                self.one("widget", tool.approval.widget, self.names.widgets, asking)
            if isinstance(tool, AgentTool):
                self.one("agent", tool.agent, self.names.agents, (*path, "agent"))
            if isinstance(tool, StepsTool):
                self.steps(tool.steps, (*path, "steps"))

    def fallbacks(self, config: Config) -> None:
        """The models that answer in the place of others; nobody comes round to itself."""
        for name, model in config.models.items():
            path: Path = ("models", name, "fallback")
            for i, other in enumerate(getattr(model, "fallback", ())):
                if "/" not in other:
                    self.one("model", other, self.names.models, (*path, i))
            circle = _circle(config, (name,))
            if circle is not None:
                message = f"the fallback of {name!r} leads back to it: {' → '.join(circle)}"
                self.found.add(codes.BAD_VALUE, path, message, cure="leave one of them out")

    def rules(self, config: Config) -> None:
        """The tools that the rules of models call."""
        for name, model in config.models.items():
            if isinstance(model, RulesModel):
                for i, rule in enumerate(model.rules):
                    path: Path = ("models", name, "rules", i)
                    self.move(rule, path)
                    for j, move in enumerate(rule.then):
                        self.move(move, (*path, "then", j))

    def move(self, move: Move, path: Path) -> None:
        """The tool, or the agent, of what a rule does."""
        self.one("tool", move.call, self.names.tools, (*path, "call"))
        self.one("agent", move.handoff, self.names.agents, (*path, "handoff"))

    def respond(self, config: Config) -> None:
        """The agent that answers, which must be named if there are several."""
        self.one("agent", config.respond.agent, self.names.agents, ("respond", "agent"))
        for i, route in enumerate(config.respond.routes):
            self.one("agent", route.agent, self.names.agents, ("respond", "routes", i, "agent"))
        title = config.respond.title
        if isinstance(title, Titler):
            self.one("agent", title.agent, self.names.agents, ("respond", "title", "agent"))
        if not config.agents and config.server.python is None:
            self._nobody()
        undecided = config.respond.agent is None and len(self.names.agents) > 1
        if undecided and not self.found.has_under(("respond",)):
            message = f"{len(self.names.agents)} agents, and nothing says which one answers"
            cure = f"write respond: {{ agent: {next(iter(config.agents))} }}"
            self.found.add(codes.AMBIGUOUS, ("agents",), message, key=True, cure=cure)

    def _nobody(self) -> None:
        if not self.found.has_under(("agents",)) and not self.found.has_under(("server",)):
            cure = "say who answers, by name, or write server: { python: … }"
            self.found.add(codes.MISSING_KEY, (), "'agents' is missing", key=True, cure=cure)

    def entities(self, config: Config) -> None:
        """The widgets that show entities."""
        for name, kind in config.entities.items():
            if kind.preview is not None:
                path: Path = ("entities", name, "preview", "name")
                self.one("widget", kind.preview.name, self.names.widgets, path)

    def composer(self, config: Config) -> None:
        """The models that users may pick, which agents must be able to think with."""
        composer = config.ui.composer
        for i, offered in enumerate((composer and composer.models) or ()):
            if "/" not in offered.id:
                path: Path = ("ui", "composer", "models", i, "id")
                self.one("model", offered.id, self.names.models, path)

    def transcription(self, config: Config) -> None:
        """The model that hears, which rules do not."""
        section, path = config.transcription, ("transcription", "model")
        if section is None or "/" in section.model:
            return
        self.one("model", section.model, self.names.models, path)
        if isinstance(config.models.get(section.model), RulesModel):
            message = f"the model {section.model!r} is a list of rules, which hears nothing"
            self.found.add(codes.BAD_VALUE, path, message, cure="name a model of a provider")

    def steps(self, steps: Iterable[Step], path: Path) -> None:
        """What the steps of a list name, and of the lists in it."""
        for inner, step in walk_steps(steps, path):
            if isinstance(step, CallStep):
                self.one("tool", step.call, self.names.tools, (*inner, "call"))
            elif isinstance(step, WidgetStep):
                self.one("widget", step.widget.name, self.names.widgets, _name_path(inner))
            elif isinstance(step, RespondStep):
                path_of_agent = (*inner, "respond", "agent")
                self.one("agent", step.respond.agent, self.names.agents, path_of_agent)


def walk_steps(steps: Iterable[Step], path: Path) -> Iterator[tuple[Path, Step]]:
    """Every step of a list and of the lists in it, each with its path."""
    for i, step in enumerate(steps):
        yield (*path, i), step
        if isinstance(step, IfStep):
            yield from walk_steps(step.then, (*path, i, "then"))
            yield from walk_steps(step.else_, (*path, i, "else"))
        elif isinstance(step, ForStep):
            yield from walk_steps(step.do, (*path, i, "do"))


def _name_path(step: Path) -> Path:
    return (*step, "widget", "name")


def _cure(noun: str, known: Collection[str]) -> str:
    plural = f"{noun.split()[0]}s"
    return f"the {plural}: {', '.join(sorted(known))}" if known else f"there are no {plural}"


def _circle(config: Config, way: tuple[str, ...]) -> tuple[str, ...] | None:
    """The way from the first model over fallbacks back to it, if there is one."""
    for other in getattr(config.models.get(way[-1]), "fallback", ()):
        if other == way[0]:
            return (*way, other)
        if other not in way and (found := _circle(config, (*way, other))):
            return found
    return None
