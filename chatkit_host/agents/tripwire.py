"""Guardrails of the SDK that run beside the model; it hears of their verdict when that is done."""

from __future__ import annotations

from agents import InputGuardrailTripwireTriggered, RunResultStreaming


class Tripwire:
    """Cancels a run as soon as an input guardrail objects, instead of when the model is done."""

    def __init__(self) -> None:
        self._error: InputGuardrailTripwireTriggered | None = None
        self._watching = False

    def watch(self, result: RunResultStreaming) -> None:
        """Begin to watch, as soon as the guardrails run; may be called again and again."""
        task = getattr(result, "_input_guardrails_task", None)
        if task is not None and not self._watching:
            self._watching = True
            task.add_done_callback(lambda _: self._look(result))

    def check(self) -> None:
        """Raise the SDK's error if a guardrail has objected."""
        if self._error is not None:
            raise self._error

    def _look(self, result: RunResultStreaming) -> None:
        for verdict in result.input_guardrail_results:
            if verdict.output.tripwire_triggered:
                # Even if the SDK has seen it too: it would wait for the model to finish.
                self._error = InputGuardrailTripwireTriggered(verdict)
                result.cancel()
                return
