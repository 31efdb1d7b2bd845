"""The items that the SDK tells of after the fact: tool calls, outputs, and texts of handlers."""

from __future__ import annotations

from typing import Any

from agents import ItemHelpers, RunItemStreamEvent

from chatkit_host.agents.run_hooks import output_text
from chatkit_host.agents.tool_calls import ToolCalls
from chatkit_host.agents.translate import Translator


class RunItems:
    """Makes good what model events and hooks did not tell of."""

    def __init__(self, translator: Translator, calls: ToolCalls) -> None:
        self._translator = translator
        self._calls = calls
        self._messages = 0

    def note(self, event: RunItemStreamEvent) -> None:
        """Take note of one item of the run."""
        raw: Any = event.item.raw_item
        match event.name:
            case "tool_called" if _field(raw, "type") == "function_call":
                self._calls.began(
                    _field(raw, "call_id"), _field(raw, "name"), _field(raw, "arguments")
                )
            case "tool_output" if _field(raw, "type") == "function_call_output":
                self._calls.ended(_field(raw, "call_id"), output_text(_field(raw, "output")))
            case "message_output_created":
                self._note_message(raw)

    def _note_message(self, raw: Any) -> None:
        """The text of an error handler is a message that no model has said."""
        self._messages += 1
        if self._messages > self._translator.messages_done:
            self._messages -= 1
            self._translator.say(ItemHelpers.extract_text(raw) or "")


def _field(raw: Any, name: str) -> Any:
    return raw.get(name) if isinstance(raw, dict) else getattr(raw, name, None)
