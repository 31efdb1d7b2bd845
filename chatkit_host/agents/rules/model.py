"""A model without a model: rules answer, offline and with no key."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any

from agents import Handoff, Model, ModelResponse, Usage
from agents.items import TResponseStreamEvent

from chatkit_host.agents.rules.events import output_item, response_events
from chatkit_host.agents.rules.history import read_standing
from chatkit_host.agents.rules.play import Called, Spoken, play
from chatkit_host.agents.specs import Rule


class RulesModel(Model):
    """Plays the first rule that matches the user's text.

    It keeps nothing between calls, so one history always leads to the same step.

    Args:
        rules: the rules, in order.
        scope: gives what templates see, at the time of the call.
    """

    def __init__(self, rules: Sequence[Rule], scope: Callable[[], Mapping[str, Any]]) -> None:
        self._rules = rules
        self._scope = scope

    async def get_response(
        self,
        system_instructions: str | None,
        input: str | list[Any],
        model_settings: Any,
        tools: Any,
        output_schema: Any,
        handoffs: Sequence[Handoff[Any, Any]],
        *_: Any,
        **__: Any,
    ) -> ModelResponse:
        acts = self._acts(input, handoffs)
        return ModelResponse(
            output=[output_item(act) for act in acts], usage=Usage(requests=1), response_id=None
        )

    async def stream_response(
        self,
        system_instructions: str | None,
        input: str | list[Any],
        model_settings: Any,
        tools: Any,
        output_schema: Any,
        handoffs: Sequence[Handoff[Any, Any]],
        *_: Any,
        **__: Any,
    ) -> AsyncIterator[TResponseStreamEvent]:
        for event in response_events(self._acts(input, handoffs)):
            # A real model waits for the network here; so that a cancel lands, this one waits too.
            await asyncio.sleep(0)
            yield event

    def _acts(
        self, given: str | list[Any], handoffs: Sequence[Handoff[Any, Any]]
    ) -> list[Spoken | Called]:
        offered = {each.tool_name for each in handoffs}
        rules = [rule for rule in self._rules if not rule.hands_over or rule.call in offered]
        return list(play(rules, read_standing(given), self._scope()))
