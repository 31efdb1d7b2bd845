"""`agents.….handoffs` → ways from one agent to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from chatkit_host.agents.rules.history import is_request
from chatkit_host.compiler.models import handoff_tool
from chatkit_host.config.agents import Handoff
from chatkit_host.templates import Expression, compile_expression

if TYPE_CHECKING:
    from agents import Agent, HandoffInputData, RunContextWrapper
    from agents import Handoff as SdkHandoff


def compile_handoff(spec: Handoff, agents: Mapping[str, Agent[Any]]) -> SdkHandoff[Any, Any]:
    """A handoff as the SDK has it."""
    from agents import handoff

    return handoff(
        agents[spec.agent],
        tool_name_override=handoff_tool(spec.agent),
        tool_description_override=spec.description,
        input_filter=None if spec.history == "all" else _FILTERS[spec.history],
        is_enabled=True if spec.if_ is None else _enabled(compile_expression(spec.if_)),
    )


def _enabled(condition: Expression) -> Callable[[RunContextWrapper[Any], Any], bool]:
    return lambda run, _: condition.holds(run.context.scope())


def _messages(data: HandoffInputData) -> HandoffInputData:
    """The conversation without the calls of tools."""
    from agents.extensions.handoff_filters import remove_all_tools

    kept = remove_all_tools(data)
    return data.clone(
        input_history=kept.input_history,
        pre_handoff_items=kept.pre_handoff_items,
        input_items=kept.new_items,
    )


def _last(data: HandoffInputData) -> HandoffInputData:
    """The user's newest message, and nothing else."""
    history = data.input_history
    if not isinstance(history, str):
        requests = (item for item in reversed(history) if is_request(item))
        newest = next(requests, None)
        history = () if newest is None else (newest,)
    return data.clone(input_history=history, pre_handoff_items=(), input_items=())


_FILTERS: Mapping[str, Callable[[HandoffInputData], HandoffInputData]] = {
    "messages": _messages,
    "last": _last,
}
