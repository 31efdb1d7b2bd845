"""What went wrong with a model's server, whichever way it said so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any

import httpx2
from agents.exceptions import ModelTimeoutError
from openai import APIConnectionError, APIError, APIStatusError, APITimeoutError

from chatkit_host import clock


class FaultKind(Enum):
    """What a fault means for whoever waits for the answer."""

    BUSY = "busy"  # asked too often, or overloaded
    SLOW = "slow"
    DOWN = "down"  # out of reach, broken off, or broken
    REFUSED = "refused"  # the key, the model's name, the quota: nothing that a user can mend
    TOO_LONG = "too long"  # the conversation, for this model
    BAD_REQUEST = "bad request"
    CUT_OFF = "cut off"  # the answer has reached the longest that was asked for
    FILTERED = "filtered"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, the HTTP status that it came with or stands for, and how long to wait."""

    kind: FaultKind
    status: int | None = None
    retry_after: float | None = None


class ModelEventError(Exception):
    """The model's server says in the middle of a stream that it has failed."""

    def __init__(self, event: str, code: str | None, message: str | None) -> None:
        super().__init__(f"{event}: {code}: {message}")
        self.code = code


_STATUS_OF_CODE = {
    "rate_limit_exceeded": 429,
    "insufficient_quota": 429,
    "server_error": 500,
    "overloaded": 503,
    "server_overloaded": 503,
    "context_length_exceeded": 400,
    "invalid_api_key": 401,
    "model_not_found": 404,
}
_KIND_OF_CODE = {
    "insufficient_quota": FaultKind.REFUSED,
    "context_length_exceeded": FaultKind.TOO_LONG,
    "max_output_tokens": FaultKind.CUT_OFF,
    "content_filter": FaultKind.FILTERED,
}
# Servers that speak the API have words of their own for it, and no code.
_TOO_LONG_WORDS = ("context length", "context window", "context size", "too many tokens")


def fault_of(error: BaseException) -> Fault | None:
    """The fault of a model's server behind an error; None if there is none."""
    return next((fault for link in _chain(error) if (fault := _fault(link))), None)


def event_error(event: Any) -> ModelEventError | None:
    """The error that an event of a stream tells of."""
    kind = event.type
    if kind in ("response.failed", "response.incomplete"):
        said = event.response.error if kind == "response.failed" else None
        reason = getattr(event.response.incomplete_details, "reason", None)
        return ModelEventError(
            kind, getattr(said, "code", None) or reason, getattr(said, "message", None)
        )
    if kind in ("error", "response.error"):
        return ModelEventError(kind, getattr(event, "code", None), getattr(event, "message", None))
    return None


def _fault(error: BaseException) -> Fault | None:
    match error:
        case APITimeoutError() | ModelTimeoutError() | httpx2.TimeoutException():
            return Fault(FaultKind.SLOW)
        case APIConnectionError() | httpx2.TransportError():
            return Fault(FaultKind.DOWN)
        case APIStatusError():
            status = error.status_code
            kind = _kind(status, error.code, error.message)
            return Fault(kind, status, retry_after(error.response.headers))
        case APIError() | ModelEventError():
            code = error.code if isinstance(error.code, str) else None
            status = _STATUS_OF_CODE.get(code or "", 500)
            return Fault(_kind(status, code, str(error)), status)
        case _:
            return None


def _kind(status: int, code: str | None, message: str) -> FaultKind:
    if code in _KIND_OF_CODE:
        return _KIND_OF_CODE[code]
    if status in (400, 413, 422):
        too_long = any(words in message.lower() for words in _TOO_LONG_WORDS)
        return FaultKind.TOO_LONG if too_long else FaultKind.BAD_REQUEST
    if status in (429, 529):
        return FaultKind.BUSY
    if status == 408:
        return FaultKind.SLOW
    return FaultKind.REFUSED if status < 500 else FaultKind.DOWN


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that a server asks to wait, as it says so in one of three ways."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) * unit)
        except (KeyError, ValueError):
            continue
    try:
        until = parsedate_to_datetime(headers.get("retry-after", ""))
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - clock.now()).total_seconds())


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__
