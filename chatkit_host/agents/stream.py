"""For those who call the `Runner` themselves: their run as events of the thread."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any, cast

from agents import (
    AgentUpdatedStreamEvent,
    RawResponsesStreamEvent,
    RunItemStreamEvent,
    RunResultStreaming,
)
from agents import StreamEvent as SdkEvent

from chatkit_host.agents.context import AgentContext
from chatkit_host.agents.display import Display
from chatkit_host.agents.response_converter import ResponseStreamConverter
from chatkit_host.agents.run_stream import RunStream
from chatkit_host.types import ThreadStreamEvent

_DEFAULT_CONVERTER = ResponseStreamConverter()


async def stream_agent_response(
    context: AgentContext[Any],
    result: RunResultStreaming,
    *,
    converter: ResponseStreamConverter = _DEFAULT_CONVERTER,
    display: Display | None = None,
) -> AsyncIterator[ThreadStreamEvent]:
    """Read a run as events of the thread, with what its tools stream through the context.

    Args:
        context: the one that was given to the run.
        result: what `Runner.run_streamed` gave.
        converter: how citations and pictures look.
        display: what is shown besides the answer; by default, thoughts.

    Raises:
        Exception: what the run raises. After a guardrail's tripwire, what was unfinished is
            removed first.
    """
    async with aclosing(
        _GivenRun(context, result, converter, display or Display()).events()
    ) as events:
        async for event in events:
            # None of them is in the light form, since the translator was told so.
            yield cast("ThreadStreamEvent", event)


class _GivenRun(RunStream):
    """A run that somebody else began."""

    def __init__(
        self,
        context: AgentContext[Any],
        result: RunResultStreaming,
        converter: ResponseStreamConverter,
        display: Display,
    ) -> None:
        super().__init__(context, converter, display, light=False, recent_items=None)
        self._given = result

    def _start(self) -> RunResultStreaming:
        return self._given

    async def _note(self, event: SdkEvent) -> None:
        self._tripwire.watch(self._given)
        if isinstance(event, AgentUpdatedStreamEvent):
            await self._spoken_by(event.new_agent.name)
        elif isinstance(event, RawResponsesStreamEvent):
            await self._translator.translate(event.data)
        elif isinstance(event, RunItemStreamEvent):
            self._items.note(event)
