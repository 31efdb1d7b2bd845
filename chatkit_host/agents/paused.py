"""A run that waits for approvals: as text that is kept, and as a run that goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from agents import Agent, RunContextWrapper, RunState, Usage
from agents.agent_tool_state import (
    consume_agent_tool_run_result,
    get_agent_tool_state_scope,
    record_agent_tool_run_result,
)
from agents.items import ToolApprovalItem
from agents.tool_context import ToolContext

State = RunState[Any, Agent[Any]]

_current: ContextVar[ToolContext[Any] | None] = ContextVar("tool_context", default=None)


class Answered(Protocol):
    """A question with its answer; which call it is about, it says itself."""

    tool: str
    call_id: str
    agent: str
    arguments: str
    decision: Literal["approved", "rejected"] | None


@dataclass(frozen=True, slots=True)
class PausedRun:
    """A run at the point where it waits."""

    state: str
    interruptions: Sequence[ToolApprovalItem]


def freeze(result: Any) -> PausedRun:
    """What is to be kept of a run that has stopped. The context is the next turn's own."""
    state = result.to_state().to_json(context_serializer=lambda _: {})
    return PausedRun(json.dumps(state, ensure_ascii=False), list(result.interruptions))


async def thaw(agent: Agent[Any], text: str, context: Any) -> State:
    """The run as it was, in a new context.

    Args:
        agent: who began it; those that it handed over to are found from there.
        text: what `freeze` gave.
        context: what tools and instructions get from now on.

    Raises:
        Exception: agents or tools are no longer what they were, or the SDK cannot read it.
    """
    wrappers: list[RunContextWrapper[Any]] = []

    def rebuild(_: Any) -> RunContextWrapper[Any]:
        wrappers.append(RunContextWrapper(context))
        return wrappers[-1]

    state = await RunState.from_json(
        agent, json.loads(text), context_deserializer=rebuild, strict_context=True
    )
    for wrapper in wrappers:
        wrapper.usage = Usage()  # what was spent before is written down already
    return state


def decide(state: State, answers: Sequence[Answered], rejection: Callable[[Any], str]) -> None:
    """Tell the run what was decided; `rejection` gives what the model reads of one that was not.

    Raises:
        ValueError: the run waits for something that nobody was asked about.
    """
    left = list(answers)
    for waiting in state.get_interruptions():
        found = next((each for each in left if _same_call(each, waiting)), None)
        if found is None:
            raise ValueError(f"nobody was asked about {waiting.name}")
        left.remove(found)
        if found.decision == "approved":
            state.approve(waiting)
        else:
            state.reject(waiting, rejection_message=rejection(found))


def reject_all(result: Any, reason: str) -> State:
    """The run of a result that waits, with every call rejected."""
    state: State = result.to_state()
    for waiting in state.get_interruptions():
        state.reject(waiting, rejection_message=reason)
    return state


def _same_call(answer: Answered, waiting: ToolApprovalItem) -> bool:
    return (answer.tool, answer.call_id, answer.agent, answer.arguments) == (
        waiting.name,
        waiting.call_id,
        waiting.agent.name,
        waiting.arguments or "",
    )


# An agent that serves as a tool has a run of its own. The SDK keeps it with the call when that
# is told of it, and stores it with the outer run.


@contextmanager
def within_tool(context: ToolContext[Any]) -> Iterator[None]:
    """What is done in here is done by this call of a tool."""
    token = _current.set(context)
    try:
        yield
    finally:
        _current.reset(token)


def inner_run_of(call_id: str | None) -> State | None:
    """The run of the agent that serves as this call's tool, if it has waited and goes on now."""
    call = _call(call_id)
    if call is None or call.tool_call is None:
        return None
    kept: Any = consume_agent_tool_run_result(
        call.tool_call, scope_id=get_agent_tool_state_scope(call)
    )
    return kept.to_state() if kept is not None and kept.interruptions else None


def keep_inner_run(call_id: str | None, result: Any) -> bool:
    """Have the outer run wait as this inner one does; whether there is a run that can."""
    call = _call(call_id)
    if call is None or call.tool_call is None:
        return False
    record_agent_tool_run_result(call.tool_call, result, scope_id=get_agent_tool_state_scope(call))
    return True


def _call(call_id: str | None) -> ToolContext[Any] | None:
    """The call that is being carried out, where it is the model's own and not a step's."""
    call = _current.get()
    return call if call is not None and call.tool_call_id == call_id else None
