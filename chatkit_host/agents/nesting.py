"""Agents that answer within the answers of others: how deep that may go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from chatkit_host.agents.tool_error import ToolError

DEEPEST = 10
"""Answers within answers; a list that lets its own agent answer again would never end."""

TOO_DEEP = (
    "Agents answer within each other's answers {depth} deep here; {agent} is not asked any more."
)

_depth: ContextVar[int] = ContextVar("depth", default=0)


@contextmanager
def one_deeper(agent: str) -> Iterator[None]:
    """An agent answers in here.

    Raises:
        ToolError: there are too many around this one.
    """
    depth = _depth.get()
    if depth == DEEPEST:
        raise ToolError(TOO_DEEP.format(depth=depth, agent=agent))
    token = _depth.set(depth + 1)
    try:
        yield
    finally:
        _depth.reset(token)
