"""`state:` → each thread's own values."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.config.root import Config
from chatkit_host.templates import compile_value


class StateDefaults:
    """The declared state, and what it is before anybody has set it."""

    def __init__(self, config: Config) -> None:
        self._defaults = {name: compile_value(value) for name, value in config.state.items()}

    def fill(self, turn: TurnContext) -> dict[str, Any]:
        """Give the thread what it lacks: all of it when it is new, a part when the file grew.

        Returns:
            What it was given.
        """
        missing = [name for name in self._defaults if name not in turn.state]
        for name in missing:
            turn.state[name] = self._value(name, turn)
        return {name: turn.state[name] for name in missing}

    def _value(self, name: str, turn: TurnContext) -> Any:
        # A default may be a part of `data`, which belongs to all threads.
        return deepcopy(plain(self._defaults[name].render(turn.scope())))


def plain(value: Any) -> Any:
    """The value as JSON can keep it: a time becomes text."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
