"""`agent:` another agent, asked as a tool; what it says is for the caller, or is the answer."""

from __future__ import annotations

import json
from typing import Any

from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.agents.waiting import apart_from_thread, is_aloud

DEFAULT_PARAMETERS: dict[str, Any] = {
    "type": "object",
    "properties": {"input": {"type": "string", "description": "What to ask."}},
    "required": ["input"],
    "additionalProperties": False,
}
"""What an agent that is a tool takes when the configuration does not say."""


class AgentKind:
    """Asks the agent."""

    def __init__(self, agent: str) -> None:
        self._agent = agent

    async def call(self, turn: TurnContext, arguments: dict[str, Any], call_id: str | None) -> Any:
        question = arguments.get("input")
        text = question if isinstance(question, str) else json.dumps(arguments)
        if is_aloud():
            return await turn.parts.answer_as(self._agent, text, turn)
        with apart_from_thread():
            return await turn.parts.ask_agent(self._agent, text, turn, call_id)
