"""What of a run's work people see besides the answer."""

from __future__ import annotations

from typing import Any

from chatkit_host.types import Task


class Display:
    """Decides what is shown; override what should be.

    This one shows what `openai-chatkit` shows: thoughts, and nothing of the calls that the model's
    server carries out itself, nor of handoffs.
    """

    def shows_answers(self, agent: str | None) -> bool:
        """Whether what this agent writes is shown as it comes; not if it is data."""
        return True

    def shows_thoughts(self, agent: str | None) -> bool:
        """Whether this agent's reasoning is shown; None is an agent whose name is not known."""
        return True

    def hosted_task(self, call: Any, agent: str | None) -> Task | None:
        """The task for a call of the server's own, such as `web_search_call`; None shows nothing.

        Asked when the call begins and when it is over, with the item as the model's server sends
        it, and the agent whose call it is; `status_indicator` is set by the run.
        """
        return None

    def handoff_task(self, agent: str) -> Task | None:
        """The task that says that the conversation was handed to this agent; None shows nothing."""
        return None
