"""`respond.routes` → who answers a turn."""

from __future__ import annotations

from collections.abc import Sequence

from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.config.root import Config
from chatkit_host.templates import compile_expression
from chatkit_host.types import (
    ClientToolCallItem,
    StructuredInputItem,
    ThreadItem,
    UserMessageItem,
)

AGENT_KEY = "agent"
"""Where a thread's metadata keeps the name of the agent that a handoff led to."""
GUEST_KEY = "guest_agent"
"""Where it keeps the agent that a route led to, as long as that one waits for an answer."""


class Routes:
    """Says who answers: the agent that waits for this answer, else the first route that holds,
    else the agent that the thread was handed to, else the one that answers by default."""

    def __init__(self, config: Config) -> None:
        self._routes = [
            (compile_expression(route.if_), route.agent) for route in config.respond.routes
        ]
        self._agents = frozenset(config.agents)
        self._default = config.answering_agent

    def choose(self, turn: TurnContext, history: Sequence[ThreadItem] = ()) -> str:
        """The agent that answers this turn, by name."""
        waiting = turn.thread.metadata.get(GUEST_KEY)
        if waiting in self._agents and _answers_a_question(history):
            return str(waiting)
        return self._routed(turn) or self._resident(turn)

    def keep(self, turn: TurnContext, chosen: str, last: str) -> None:
        """Note in the thread whom it belongs to, after `last` has spoken in the place of `chosen`.

        A route is for one message: whom it leads to does not keep the thread, unless by a handoff.
        """
        metadata = turn.thread.metadata
        metadata.pop(GUEST_KEY, None)
        if last == self._resident(turn):
            return
        if last != chosen:
            metadata[AGENT_KEY] = last
        elif turn.waits:
            metadata[GUEST_KEY] = last

    def _routed(self, turn: TurnContext) -> str | None:
        if not self._routes:
            return None
        scope = turn.scope()
        return next((agent for condition, agent in self._routes if condition.holds(scope)), None)

    def _resident(self, turn: TurnContext) -> str:
        kept = turn.thread.metadata.get(AGENT_KEY)
        return kept if kept in self._agents else self._default


def _answers_a_question(history: Sequence[ThreadItem]) -> bool:
    """Whether the turn was begun by the page's output or the user's answers, not by a message."""
    kinds = (UserMessageItem, ClientToolCallItem, StructuredInputItem)
    newest = next((item for item in reversed(history) if isinstance(item, kinds)), None)
    return newest is not None and not isinstance(newest, UserMessageItem)
