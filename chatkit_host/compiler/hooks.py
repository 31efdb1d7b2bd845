"""`on:` → steps that are done when something happens."""

from __future__ import annotations

from contextlib import suppress

from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.agents.waiting import TurnEnded
from chatkit_host.compiler.lists import StepList
from chatkit_host.config.root import Config

NEW_KEY = "new"
"""Where a thread's metadata says that nobody has welcomed its user yet.

It is stored with the thread, so that a process that dies in between leaves the welcome to the next
turn, and a retry of the first message does not repeat it.
"""


class Hooks:
    """The declared hooks."""

    def __init__(self, config: Config) -> None:
        self.welcomes = bool(config.on.thread_created)
        self.hears_feedback = bool(config.on.feedback)
        self.feedback = StepList(config, config.on.feedback)
        self._thread_created = StepList(config, config.on.thread_created)

    async def welcome(self, turn: TurnContext) -> None:
        """The steps of `on: thread_created`."""
        with suppress(TurnEnded):
            await self._thread_created.run(turn, {})
