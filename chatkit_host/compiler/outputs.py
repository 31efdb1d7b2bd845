"""`agents.….output` → what becomes of an answer that is data."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from chatkit_host.agents.tool_error import ToolError
from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.agents.waiting import TurnEnded
from chatkit_host.compiler.lists import StepList
from chatkit_host.config.agents import Output
from chatkit_host.config.root import Config
from chatkit_host.errors import CustomStreamError
from chatkit_host.types import StreamEvent


class Outputs:
    """What is done with the answers of each agent."""

    def __init__(self, config: Config) -> None:
        self._given = {name: each.output for name, each in config.agents.items() if each.output}
        self._steps = {name: StepList(config, each.steps) for name, each in self._given.items()}

    async def conclude(
        self, agent: str, final: Any, turn: TurnContext
    ) -> AsyncGenerator[StreamEvent, None]:
        """The events of showing and using what an agent has come to; none if that is no data."""
        from chatkit_host.agents.data_output import DataOutput

        output = self._given.get(agent)
        if output is None or not isinstance(final, DataOutput):
            return
        child = turn.child()
        work = _use(output, self._steps[agent], final.value, child)
        async with aclosing(child.events_of(work)) as events:
            try:
                async for event in events:
                    yield event
            except ToolError as error:
                raise CustomStreamError(str(error)) from error
        turn.has_asked = turn.has_asked or child.waits


async def _use(output: Output, steps: StepList, value: dict[str, Any], turn: TurnContext) -> None:
    if output.widget is not None:
        await turn.show_widget(output.widget, value)
    try:
        await steps.run(turn, {"output": value})
    except TurnEnded:
        return
