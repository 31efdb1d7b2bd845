"""`respond.title`: the title of a thread that has none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress

from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.agents.waiting import apart_from_thread
from chatkit_host.compiler.agents import Agents
from chatkit_host.compiler.models import answering_model
from chatkit_host.compiler.names import text_of
from chatkit_host.config.models import RulesModel
from chatkit_host.config.respond import Titler
from chatkit_host.config.root import Config
from chatkit_host.logger import logger
from chatkit_host.templates import compile_text
from chatkit_host.types import UserMessageItem

LONGEST = 60
PATIENCE = 5.0
"""Seconds that a title may take longer than the answer it is made beside."""


class Titles:
    """Gives each thread a title once, beside or after its first answer."""

    def __init__(self, config: Config, agents: Agents) -> None:
        given = config.respond.title
        self._agents = agents
        self._titler = given.agent if isinstance(given, Titler) else None
        self._is_auto = given == "auto"
        written = isinstance(given, str) and not self._is_auto
        self._template = compile_text(str(given)) if written else None
        model = answering_model(config)
        # Rules cannot think of a title: the message's own beginning is one.
        self._model = None if isinstance(config.models.get(model), RulesModel) else model

    @asynccontextmanager
    async def beside(
        self, turn: TurnContext, message: UserMessageItem | None
    ) -> AsyncIterator[None]:
        """See to the title while the turn is answered, and after that for a few seconds more."""
        text = "" if message is None else text_of(message)
        asking = self._begin(turn, text)
        try:
            yield
            if asking is not None:
                await asyncio.wait([asking], timeout=PATIENCE)
        finally:
            if asking is not None:
                asking.cancel()
                with suppress(asyncio.CancelledError):
                    await asking
        if self._template is not None and turn.thread.title is None:
            _give(turn, str(self._template.render(turn.scope())))
        elif asking is not None:
            _give(turn, beginning(text))

    def _begin(self, turn: TurnContext, text: str) -> asyncio.Task[None] | None:
        if not text or turn.thread.title is not None:
            return None
        if self._titler is not None:
            thought = self._agents.ask(self._titler, text, turn.child())
        elif self._is_auto and self._model is not None:
            thought = self._agents.think_of_title(text, self._model, turn)
        elif self._is_auto:
            _give(turn, beginning(text))
            return None
        else:
            return None
        return asyncio.create_task(_ask(turn, thought))


async def _ask(turn: TurnContext, thought: Awaitable[str]) -> None:
    try:
        with apart_from_thread():
            _give(turn, tidy(await thought))
    except Exception as error:
        logger.warning("No title for %s: %r", turn.thread.id, error)


def _give(turn: TurnContext, title: str) -> None:
    """Meanwhile somebody may have given one: it stays."""
    if turn.thread.title is None:
        turn.thread.title = title.strip() or None


def tidy(text: str) -> str:
    """A model's answer as a title: one line, without quotes around it and a full stop."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    return beginning(line.strip().strip("\"'“”„«»#* ").rstrip("."))


def beginning(text: str) -> str:
    """A text cut to a title's length, between words where that can be."""
    words = " ".join(text.split())
    if len(words) <= LONGEST:
        return words
    cut = words[:LONGEST]
    return f"{cut.rpartition(' ')[0] or cut}…"
