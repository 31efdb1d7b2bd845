"""A run of the SDK and what tools stream beside it, read as one ordered stream."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Sequence
from typing import Any

from agents import (
    InputGuardrailTripwireTriggered,
    ModelRefusalError,
    OutputGuardrailTripwireTriggered,
    RunResultStreaming,
)
from agents import StreamEvent as SdkEvent

from chatkit_host.agents.context import AgentContext
from chatkit_host.agents.display import Display
from chatkit_host.agents.open_workflow import go_on_with_workflow, keep_workflow
from chatkit_host.agents.response_converter import ResponseStreamConverter
from chatkit_host.agents.run_items import RunItems
from chatkit_host.agents.tool_calls import ToolCalls
from chatkit_host.agents.translate import Translator
from chatkit_host.agents.tripwire import Tripwire
from chatkit_host.types import StreamEvent, ThreadItem

_PATIENCE = 5.0
"""Seconds that a cancelled run gets to let go of its connections and tools."""


class RunStream(ABC):
    """Drives a run in a task of its own, and reads what the context's queue holds meanwhile.

    Args:
        context: where model and tools put their events.
        converter: how citations and pictures look.
        display: what is shown besides the answer.
        light: give text deltas their light form.
        recent_items: the newest items of the thread, newest last; None to load them.
    """

    def __init__(
        self,
        context: AgentContext[Any],
        converter: ResponseStreamConverter,
        display: Display,
        *,
        light: bool,
        recent_items: Sequence[ThreadItem] | None,
    ) -> None:
        self._context = context
        self._display = display
        self._translator = Translator(context, converter, display, light=light)
        self._calls = ToolCalls(context)
        self._items = RunItems(self._translator, self._calls)
        self._tripwire = Tripwire()
        self._recent_items = recent_items
        self._result: RunResultStreaming | None = None

    async def events(self) -> AsyncGenerator[StreamEvent, None]:
        """All events in order. Leaving early cancels the run, and waits until it has let go."""
        queue = self._context._events
        queue.begin_reading()
        driver = asyncio.create_task(self._drive())
        driver.add_done_callback(lambda _: queue.close())
        try:
            while batch := await queue.take():
                for event in batch:
                    queue.check()
                    yield event
            queue.check()
            await driver
        finally:
            await self._stop(driver)
            queue.stop_reading()

    @abstractmethod
    def _start(self) -> RunResultStreaming:
        """Begin the run."""

    @abstractmethod
    async def _note(self, event: SdkEvent) -> None:
        """Take note of an event of the SDK's own stream."""

    async def _finished(self) -> None:
        """The run has come to its end."""
        if self._context.workflow_item is not None:
            # Behind all that came before it, and before the client's call: there it is looked for.
            await self._context._events.settled()
            await keep_workflow(self._context)
        self._calls.settle(client=True)

    async def _broke_off(self) -> None:
        """The run has failed; what it leaves open may be ended here."""
        return

    def _take_back(self) -> None:
        """Remove what a guardrail objects to: what is unfinished, and the answer it came with.

        What was finished before that answer stays.
        """
        self._context.take_back(self._translator.message_ids)

    async def _spoken_by(self, agent: str) -> None:
        """An agent begins to speak: the first one, or one that the conversation is handed to."""
        before, self._translator.agent = self._translator.agent, agent
        if before is None or before == agent:
            return
        task = self._display.handoff_task(agent)
        if task is not None:
            await self._context.add_workflow_task(task)

    def _failed(self, error: Exception) -> Exception:
        """What to raise for an error that ended the run."""
        return error

    async def _drive(self) -> None:
        await go_on_with_workflow(self._context, self._recent_items)
        try:
            await self._run_through()
        except Exception as error:
            self._calls.settle(client=False)
            await self._broke_off()
            told = self._failed(error)
            if told is error:
                raise
            raise told from error
        await self._finished()

    async def _run_through(self) -> None:
        result = self._result = self._start()
        try:
            async for event in result.stream_events():
                await self._note(event)
            self._tripwire.check()
        except ModelRefusalError as refusal:
            # It was said already, as any text, but for what the SDK threw away of its queue.
            self._translator.finish_refusal(refusal.refusal)
        except (InputGuardrailTripwireTriggered, OutputGuardrailTripwireTriggered):
            self._take_back()
            raise

    async def _stop(self, driver: asyncio.Task[None]) -> None:
        """Cancel what still runs. The connection to the model is closed when this returns."""
        if driver.done():
            return
        running: set[asyncio.Task[Any]] = {driver}
        if self._result is not None:
            self._result.cancel()
            if self._result.run_loop_task is not None:
                running.add(self._result.run_loop_task)
        driver.cancel()
        await asyncio.wait(running, timeout=_PATIENCE)
        if driver.done() and not driver.cancelled():
            driver.exception()
