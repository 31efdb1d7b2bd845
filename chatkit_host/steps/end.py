"""`return`, `stop` and `error`: the three ends of a list."""

from __future__ import annotations

from chatkit_host.agents.tool_error import ToolError
from chatkit_host.config import steps as config
from chatkit_host.steps.step import Returned, StepRun
from chatkit_host.templates import compile_text, compile_value


class ReturnStep:
    """Ends the list with a result."""

    def __init__(self, spec: config.ReturnStep) -> None:
        self._value = compile_value(spec.return_)

    async def run(self, run: StepRun) -> None:
        raise Returned(self._value.render(run.scope()))


class StopStep:
    """Ends the list."""

    def __init__(self, _: config.StopStep) -> None: ...

    async def run(self, _: StepRun) -> None:
        raise Returned


class ErrorStep:
    """Ends the list with an error for the caller: a model, the user who acted, an HTTP client."""

    def __init__(self, spec: config.ErrorStep) -> None:
        self._message = compile_text(spec.error.message)
        self._status = spec.error.status

    async def run(self, run: StepRun) -> None:
        raise ToolError(str(self._message.render(run.scope())), self._status)
