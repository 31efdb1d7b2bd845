"""Every kind of step, and how a list of them is compiled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from chatkit_host.config.steps import Step as StepConfig
from chatkit_host.steps.branch import IfStep
from chatkit_host.steps.call import CallStep
from chatkit_host.steps.client_effect import ClientEffectStep
from chatkit_host.steps.client_tool import ClientToolStep
from chatkit_host.steps.end import ErrorStep, ReturnStep, StopStep
from chatkit_host.steps.hidden_context import HiddenContextStep
from chatkit_host.steps.message import MessageStep
from chatkit_host.steps.names import LetStep
from chatkit_host.steps.notice import NoticeStep
from chatkit_host.steps.progress import ProgressStep
from chatkit_host.steps.repeat import ForStep
from chatkit_host.steps.respond import RespondStep
from chatkit_host.steps.set import SetStep
from chatkit_host.steps.step import Guarded, Step, Steps
from chatkit_host.steps.structured_input import StructuredInputStep
from chatkit_host.steps.task import EndWorkflowStep, TaskStep
from chatkit_host.steps.update_widget import UpdateWidgetStep
from chatkit_host.steps.widget import WidgetStep
from chatkit_host.templates import compile_expression

KINDS: Mapping[str, Callable[[Any], Step]] = {
    "message": MessageStep,
    "widget": WidgetStep,
    "update_widget": UpdateWidgetStep,
    "hidden_context": HiddenContextStep,
    "client_effect": ClientEffectStep,
    "progress": ProgressStep,
    "task": TaskStep,
    "end_workflow": EndWorkflowStep,
    "notice": NoticeStep,
    "let": LetStep,
    "set": SetStep,
    "call": CallStep,
    "respond": RespondStep,
    "return": ReturnStep,
    "error": ErrorStep,
    "stop": StopStep,
    "client_tool": ClientToolStep,
    "structured_input": StructuredInputStep,
    "then": lambda spec: IfStep(spec, compile_steps),
    "do": lambda spec: ForStep(spec, compile_steps),
}


def compile_steps(specs: Sequence[StepConfig]) -> Steps:
    """A list of steps, ready to run."""
    return [_compile(spec) for spec in specs]


def _compile(spec: Any) -> Guarded:
    step = KINDS[spec.kind](spec)
    # The `if:` of a branch chooses between its lists, and that of a loop among its elements.
    guarded = spec.if_ is not None and spec.kind not in ("then", "do")
    return Guarded(step, compile_expression(spec.if_) if guarded else None)
