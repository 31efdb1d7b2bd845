"""What the user is told when a run fails; the log gets the rest."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from agents import (
    InputGuardrailTripwireTriggered,
    MaxTurnsExceeded,
    ModelBehaviorError,
    OutputGuardrailTripwireTriggered,
)

from chatkit_host.agents.faults import FaultKind, fault_of
from chatkit_host.agents.guards import BLOCKED
from chatkit_host.errors import BaseStreamError, CustomStreamError
from chatkit_host.ids import new_id

_ODD = "The model gave an answer that makes no sense. Please try again."
_ENDLESS = "This took more steps than one turn may have. Tell me to go on, or ask for less."

_WORDS = {
    FaultKind.BUSY: "The model has too much to do right now. Please try again in a moment.",
    FaultKind.SLOW: "The model took too long to answer. Please try again.",
    FaultKind.DOWN: "The model could not be reached, or broke off. Please try again.",
    FaultKind.REFUSED: "The model's server would not take the request.",
    FaultKind.BAD_REQUEST: "The model's server would not take the request.",
    FaultKind.TOO_LONG: "This conversation has become too long for the model; begin another.",
    FaultKind.CUT_OFF: "The answer breaks off here: it has become longer than it may be.",
    FaultKind.FILTERED: "The model's server has stopped this answer.",
}
_WORTH_ANOTHER_TRY = frozenset(
    {FaultKind.BUSY, FaultKind.SLOW, FaultKind.DOWN, FaultKind.CUT_OFF, FaultKind.FILTERED}
)
_FOR_THE_AUTHOR = frozenset({FaultKind.REFUSED, FaultKind.BAD_REQUEST})
"""What goes wrong every time, until somebody changes the file or the account."""


class FailedRunError(CustomStreamError):
    """Tells the user that a run failed, with an id that stands in the log beside the reason."""

    def __init__(self, message: str, *, allow_retry: bool, level: int = logging.WARNING) -> None:
        self.error_id = new_id("err")
        self.level = level
        super().__init__(f"{message} ({self.error_id})", allow_retry=allow_retry)


def stream_error(error: BaseException) -> BaseStreamError | None:
    """What to tell the user of an error that ended a run; None if it is not the model's doing.

    An error that a tool raised for the user comes wrapped in the SDK's own.
    """
    for link in _chain(error):
        if isinstance(link, BaseStreamError):
            return link
        told = _told(link)
        if told is not None:
            return told
    return None


def _told(error: BaseException) -> CustomStreamError | None:
    match error:
        case MaxTurnsExceeded():
            return FailedRunError(_ENDLESS, allow_retry=True)
        case InputGuardrailTripwireTriggered() | OutputGuardrailTripwireTriggered():
            return CustomStreamError(_guardrail_message(error))
        case ModelBehaviorError() if fault_of(error) is None:
            return FailedRunError(_ODD, allow_retry=True)
        case _:
            return _fault_told(error)


def _fault_told(error: BaseException) -> CustomStreamError | None:
    fault = fault_of(error)
    if fault is None:
        return None
    level = logging.ERROR if fault.kind in _FOR_THE_AUTHOR else logging.WARNING
    retry = fault.kind in _WORTH_ANOTHER_TRY
    return FailedRunError(_WORDS[fault.kind], allow_retry=retry, level=level)


def _guardrail_message(
    error: InputGuardrailTripwireTriggered | OutputGuardrailTripwireTriggered,
) -> str:
    """A guardrail says what to tell the user as `output_info={"message": …}`."""
    info = error.guardrail_result.output.output_info
    message = info.get("message") if isinstance(info, dict) else None
    return message if isinstance(message, str) else BLOCKED


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__
