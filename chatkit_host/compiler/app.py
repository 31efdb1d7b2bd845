"""A compiled chatkit.yaml: what the web serves, and what opens and closes it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from chatkit_host.compiler.program import Program
from chatkit_host.compiler.prompts import asks_the_page, puts_questions
from chatkit_host.config.actions import StepsAction
from chatkit_host.config.root import Config
from chatkit_host.config.scoped import question_ids
from chatkit_host.context import RequestContext
from chatkit_host.errors import UnavailableError
from chatkit_host.server import ChatKitServer
from chatkit_host.store import Store
from chatkit_host.types.codec import warm


class App:
    """One bot, ready to be started.

    Attributes:
        config: the file that it was made from.
        server: the generated server; it works once `start` has come back.
        store: where its threads are.
    """

    def __init__(
        self, config: Config, program: Program, server: ChatKitServer[RequestContext]
    ) -> None:
        self.config = config
        self.server = server
        self.store: Store[RequestContext] = program.store
        self._program = program
        self._started = False

    @property
    def name(self) -> str:
        """What the bot is called."""
        return self.config.name

    async def start(self) -> None:
        """Open the store; load the Agents SDK (1 to 2 s) and build the wire's validators beside."""
        await asyncio.gather(
            self.store.start(),
            asyncio.to_thread(self._program.agents.load),
            asyncio.to_thread(warm),
        )
        self._started = True

    async def close(self) -> None:
        """Close the store and the connections to models. Turns end before: `server.shutdown`."""
        await self._program.agents.close()
        if self._program.transcriber is not None:
            await self._program.transcriber.aclose()
        await self.store.close()

    async def ready(self) -> None:
        """Come back if requests can be answered; raises UnavailableError with the reason if not."""
        if not self._started:
            raise UnavailableError("The host is still starting.")
        await self.store.ready()

    def describe(self) -> Mapping[str, Sequence[str]]:
        """Names by kind, for people to read."""
        config = self.config
        of_page = {
            name: spec.sync
            for name, spec in config.actions.items()
            if isinstance(spec, StepsAction) and spec.from_ == "page"
        }
        return {
            "agents": list(config.agents),
            "models": sorted({str(agent.model or "default") for agent in config.agents.values()}),
            "tools": list(config.tools),
            "widgets": list(config.widgets),
            "actions": list(config.actions),
            "page_actions": [name for name, sync in of_page.items() if not sync],
            "sync_actions": [name for name, sync in of_page.items() if sync],
            "asks_the_page_when_told": asks_the_page(config),
            "puts_questions_when_told": puts_questions(config),
            "questions": question_ids(config),
            "transcription": [] if config.transcription is None else [config.transcription.model],
        }
