"""What the user is told when a run fails; the log gets the rest."""

from __future__ import annotations

from collections.abc import Iterator

from agents import (
    InputGuardrailTripwireTriggered,
    MaxTurnsExceeded,
    ModelBehaviorError,
    OutputGuardrailTripwireTriggered,
)
from agents.exceptions import ModelTimeoutError
from openai import APIError, APIStatusError, APITimeoutError, RateLimitError

from chatkit_host.agents.guards import BLOCKED
from chatkit_host.errors import BaseStreamError, CustomStreamError

_BUSY = "The model has too much to do right now. Please try again in a moment."
_SLOW = "The model took too long to answer. Please try again."
_DOWN = "The model could not be reached, or broke off. Please try again."
_ODD = "The model gave an answer that makes no sense. Please try again."
_REFUSED = "The model's server would not take the request."
_ENDLESS = "This took more steps than one turn may have. Tell me to go on, or ask for less."


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
            return CustomStreamError(_ENDLESS, allow_retry=True)
        case InputGuardrailTripwireTriggered() | OutputGuardrailTripwireTriggered():
            return CustomStreamError(_guardrail_message(error))
        case RateLimitError():
            return CustomStreamError(_BUSY, allow_retry=True)
        case APITimeoutError() | ModelTimeoutError():
            return CustomStreamError(_SLOW, allow_retry=True)
        case APIStatusError() if error.status_code < 500:
            return CustomStreamError(_REFUSED)
        case APIError():
            return CustomStreamError(_DOWN, allow_retry=True)
        case ModelBehaviorError():
            return CustomStreamError(_ODD, allow_retry=True)
        case _:
            return None


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
