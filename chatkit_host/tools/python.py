"""`python:` a function of a plugin."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.tools.threads import PluginThreads

_THREADS = PluginThreads(most=32)


class PythonKind:
    """Calls a function with the arguments by name.

    A function with a parameter `context` is given the turn's context. One that is not `async`
    runs in a thread, so that it may take its time.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._wants_context = "context" in inspect.signature(function).parameters

    async def call(self, turn: TurnContext, arguments: dict[str, Any], call_id: str | None) -> Any:
        given = {**arguments, "context": turn} if self._wants_context else arguments
        if inspect.iscoroutinefunction(self._function):
            return await self._function(**given)
        return await _THREADS.run(partial(self._function, **given))
