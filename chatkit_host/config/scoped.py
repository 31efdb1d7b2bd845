"""What the steps of a file bring into scope elsewhere: the questions that they put."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chatkit_host.config.actions import StepsAction
from chatkit_host.config.endpoints import StepsEndpoint
from chatkit_host.config.references import walk_steps
from chatkit_host.config.root import Config
from chatkit_host.config.steps import CallStep, Step, StructuredInputStep
from chatkit_host.config.tools import PythonTool, StepsTool


def every_step(config: Config) -> Iterator[Step]:
    """All steps of the file, in whichever section they are."""
    tools = [tool.steps for tool in config.tools.values() if isinstance(tool, StepsTool)]
    actions = [each.steps for each in config.actions.values() if isinstance(each, StepsAction)]
    outputs = [each.output.steps for each in config.agents.values() if each.output]
    endpoints = [e.steps for e in config.endpoints.values() if isinstance(e, StepsEndpoint)]
    hooks = [config.on.thread_created, config.on.feedback]
    for steps in (*tools, *actions, *outputs, *endpoints, *hooks):
        for _, step in walk_steps(steps, ()):
            yield step


def called_lists(config: Config, specs: Iterable[Step]) -> list[Sequence[Step]]:
    """The lists of all tools that a list calls, and that those call; each of them once."""
    found: dict[str, Sequence[Step]] = {}
    waiting = [specs]
    while waiting:
        for _, step in walk_steps(waiting.pop(), ()):
            if not isinstance(step, CallStep) or step.call in found:
                continue
            tool = config.tools.get(step.call)
            if isinstance(tool, StepsTool):
                found[step.call] = tool.steps
                waiting.append(tool.steps)
    return list(found.values())


def question_ids(config: Config) -> list[str]:
    """The ids of all questions that the file writes out."""
    steps = [step for step in every_step(config) if isinstance(step, StructuredInputStep)]
    written = [step.structured_input for step in steps]
    return list(dict.fromkeys(name for each in written if isinstance(each, dict) for name in each))


def knows_all_questions(config: Config) -> bool:
    """Whether no template, and no Python, puts questions that the file does not write out."""
    if any(isinstance(tool, PythonTool) for tool in config.tools.values()):
        return False
    return not any(
        isinstance(step, StructuredInputStep) and isinstance(step.structured_input, str)
        for step in every_step(config)
    )
