"""Names that lead from one section to another; one that leads nowhere is a problem."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from chatkit_host.config import codes
from chatkit_host.config.agents import Agent
from chatkit_host.config.models import TOOL_CHOICES, RulesModel
from chatkit_host.config.places import Path, SourceMap
from chatkit_host.config.problems import Collector, nearest
from chatkit_host.config.referring import Reference, references
from chatkit_host.config.repair import names_in
from chatkit_host.config.root import Config
from chatkit_host.config.steps import ForStep, IfStep, Step


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
    copies = aliases(config, found.places)
    for each in references(config):
        if not each.refers.is_special and each.path[:2] not in copies:
            check.one(each)
    for name, agent in config.agents.items():
        check.agent(agent, ("agents", name))
    check.tool_choices(config)
    check.fallbacks(config)
    check.answering(config)
    check.transcription(config)


def aliases(config: Config, places: SourceMap) -> frozenset[Path]:
    """The models that are but other names of models, whose mistakes are told where they stand."""
    first: dict[int, str] = {}
    for name, model in config.models.items():
        is_own = any(("models", name, key) in places.values for key in ("model", "rules"))
        if is_own or id(model) not in first:
            first[id(model)] = name
    return frozenset(("models", name) for name in config.models.keys() - set(first.values()))


class _References:
    """The checks, one method for what must hold besides a name's being there."""

    def __init__(self, names: Names, found: Collector) -> None:
        self.names = names
        self.found = found

    def one(self, given: Reference) -> None:
        """Notes a name that is not among those of its section."""
        if given.refers.to == "models" and "/" in given.name:
            return  # a provider's name, and a model's name there
        known: frozenset[str] = getattr(self.names, given.refers.to)
        more = f"; or write provider/model: openai/{given.name}"
        more = more if given.refers.to == "models" else ""
        self.sought(given.refers.noun, given.name, known, given.path, more=more)

    def sought(
        self, noun: str, name: str, known: Collection[str], path: Path, *, more: str = ""
    ) -> None:
        """Notes a name that is not among the known ones."""
        if name in known:
            return
        hint = nearest(name, known)
        cure = None if hint else _cure(noun, known) + more
        where = self.found.places.nearest(path)
        message = f"there is no {noun} {name!r}"
        self.found.add(codes.UNKNOWN_NAME, where, message, hint=hint, cure=cure)

    def agent(self, agent: Agent, path: Path) -> None:
        """Whether an agent has a model, and the tools that it stops at."""
        for i, name in enumerate(agent.stop_at):
            where = (*path, "stop_at", i)
            self.sought("tool among this agent's:", name, self._tools_of(agent), where)
        models = self.names.models
        if agent.model is None and "default" not in models and len(models) != 1:
            message = "this agent does not say which model it thinks with"
            cure = "give it a `model:`, or name a model `default`"
            self.found.add(codes.AMBIGUOUS, path, message, key=True, cure=cure)

    def _tools_of(self, agent: Agent) -> list[str]:
        """The tools of an agent, and those that are meant by what is not there."""
        unknown = [name for name in agent.tools if name not in self.names.tools]
        meant = [nearest(name, self.names.tools) for name in unknown]
        return [*agent.tools, *(name for name in meant if name is not None)]

    def tool_choices(self, config: Config) -> None:
        """The tools that models must call: one of the agent's, or of any for a model's settings."""
        for each in references(config):
            if each.path[-1] != "tool_choice" or each.name in TOOL_CHOICES:
                continue
            agent = config.agents.get(str(each.path[1])) if each.path[0] == "agents" else None
            known = self.names.tools if agent is None else self._tools_of(agent)
            noun = "tool" if agent is None else "tool among this agent's:"
            self.sought(noun, each.name, known, each.path)

    def fallbacks(self, config: Config) -> None:
        """The models that answer in the place of others; nobody comes round to itself."""
        for name in config.models:
            circle = _circle(config, (name,))
            if circle is not None:
                path: Path = ("models", name, "fallback")
                message = f"the fallback of {name!r} leads back to it: {' → '.join(circle)}"
                self.found.add(codes.BAD_VALUE, path, message, cure="leave one of them out")

    def answering(self, config: Config) -> None:
        """The agent that answers, which must be named if there are several."""
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

    def transcription(self, config: Config) -> None:
        """The model that hears, which rules do not."""
        section = config.transcription
        if section is not None and isinstance(config.models.get(section.model), RulesModel):
            message = f"the model {section.model!r} is a list of rules, which hears nothing"
            cure = "name a model of a provider"
            self.found.add(codes.BAD_VALUE, ("transcription", "model"), message, cure=cure)


def walk_steps(steps: Iterable[Step], path: Path) -> Iterator[tuple[Path, Step]]:
    """Every step of a list and of the lists in it, each with its path."""
    for i, step in enumerate(steps):
        yield (*path, i), step
        if isinstance(step, IfStep):
            yield from walk_steps(step.then, (*path, i, "then"))
            yield from walk_steps(step.else_, (*path, i, "else"))
        elif isinstance(step, ForStep):
            yield from walk_steps(step.do, (*path, i, "do"))


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
