"""What to say to a bot so that it asks the page, or puts questions: for examples that work."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from chatkit_host.agents.rules.play import find_rule
from chatkit_host.compiler.models import answering_model, compiled_rule
from chatkit_host.config.models import RulesModel
from chatkit_host.config.references import walk_steps
from chatkit_host.config.root import Config
from chatkit_host.config.steps import ClientToolStep, Step, StructuredInputStep
from chatkit_host.config.tools import ClientTool, StepsTool, Tool


def asks_the_page(config: Config) -> list[str]:
    """A message after which the answering agent asks the page, if it has such a tool."""
    return _prompts(config, lambda tool: isinstance(tool, ClientTool) or _has(tool, ClientToolStep))


def puts_questions(config: Config) -> list[str]:
    """A message after which it puts questions."""
    return _prompts(config, lambda tool: _has(tool, StructuredInputStep))


def _has(tool: Tool, kind: type[Step]) -> bool:
    if not isinstance(tool, StepsTool):
        return False
    return any(isinstance(step, kind) for _, step in walk_steps(tool.steps, ()))


def _prompts(config: Config, wanted: Callable[[Tool], bool]) -> list[str]:
    names = config.agents[config.answering_agent].tools
    tools = [name for name in names if name in config.tools and wanted(config.tools[name])]
    model = config.models.get(answering_model(config))
    if isinstance(model, RulesModel):
        return [words for words in _words_for(model, tools) if words][:1]
    return [f"Please use the tool {name} now." for name in tools[:1]]


def _words_for(model: RulesModel, tools: Sequence[str]) -> list[str]:
    """For each tool, words of a pattern that lead to its rule, if they do."""
    rules = [compiled_rule(rule) for rule in model.rules]
    found = []
    for given, compiled in zip(model.rules, rules, strict=True):
        if given.call in tools:
            words = re.findall(r"[^\W\d_]{2,}", given.match or "")
            led = [word for word in words if find_rule(rules, word)[0] is compiled]
            found += led[:1]
    return found
