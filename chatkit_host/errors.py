"""Every error the host raises on purpose.

BaseStreamError            shown to the user as an `error` event of the stream
├── StreamError            by a code that the client puts into words
└── CustomStreamError      by a message of one's own
RequestError               answered with an HTTP status before a stream begins
├── InvalidRequestError    400
├── ForbiddenError         403
├── NotFoundError          404
├── ConflictError          409
│   └── ThreadInactiveError     the thread is locked or closed
├── PayloadTooLargeError   413
├── RateLimitedError       429
├── EndpointError          as the file says: the step `error`, in an endpoint
└── UnavailableError       503
ConfigError                a mistake in the user's files or settings: told without a traceback
"""

from __future__ import annotations

from abc import ABC
from enum import Enum
from typing import ClassVar


class ErrorCode(str, Enum):  # noqa: UP042 - str() of a member must read as in the ChatKit SDK
    """Errors that the client knows how to word; more may come."""

    STREAM_ERROR = "stream.error"


DEFAULT_STATUS: dict[ErrorCode, int] = {ErrorCode.STREAM_ERROR: 500}
"""The HTTP status that a code stands for; 500 where none is named."""

DEFAULT_ALLOW_RETRY: dict[ErrorCode, bool] = {ErrorCode.STREAM_ERROR: True}
"""Whether the client offers to try again; no where none is named."""


class BaseStreamError(ABC, Exception):
    """An error that ends the turn and that the user is told of."""

    allow_retry: bool


class StreamError(BaseStreamError):
    """Tells the user of `code` in the client's own words; `allow_retry` None takes the default."""

    code: ErrorCode

    def __init__(self, code: ErrorCode, *, allow_retry: bool | None = None) -> None:
        super().__init__(str(getattr(code, "value", code)))
        self.code = code
        self.status_code = DEFAULT_STATUS.get(code, 500)
        self.allow_retry = (
            DEFAULT_ALLOW_RETRY.get(code, False) if allow_retry is None else allow_retry
        )


class CustomStreamError(BaseStreamError):
    """Tells the user `message`, which is shown as it is (so: translated already)."""

    message: str

    def __init__(self, message: str, *, allow_retry: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.allow_retry = allow_retry


class RequestError(Exception):
    """A request that is refused with `status`; `message` is safe to show to a client."""

    status: int = 500
    code: str = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidRequestError(RequestError):
    """The request makes no sense; the message says what is wrong and where."""

    status = 400
    code = "invalid_request"


class ForbiddenError(RequestError):
    """The one who asks may not do this."""

    status = 403
    code = "forbidden"


class NotFoundError(RequestError):
    """No such thread, item or attachment, or not for the one who asks."""

    status = 404
    code = "not_found"

    def __init__(self, message: str = "not found") -> None:
        super().__init__(message)


class ConflictError(RequestError):
    """The thread or item is not in a state that allows this."""

    status = 409
    code = "conflict"


class ThreadInactiveError(ConflictError):
    """The thread is `locked` or `closed`: it takes nothing new from its user."""

    def __init__(self, message: str, *, status: str) -> None:
        super().__init__(message)
        self.code = f"thread_{status}"


class PayloadTooLargeError(RequestError):
    """More bytes than the host takes."""

    status = 413
    code = "too_large"


class RateLimitedError(RequestError):
    """Too many requests; `retry_after` is in seconds."""

    status = 429
    code = "rate_limited"

    def __init__(self, message: str, retry_after: float = 1.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class EndpointError(RequestError):
    """What a step `error` tells the client of an endpoint, with a status of its own."""

    _CODES: ClassVar = {
        401: "unauthorized",
        403: "forbidden",
        404: "not_found",
        409: "conflict",
        429: "rate_limited",
    }

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status
        self.code = self._CODES.get(status, "refused")


class UnavailableError(RequestError):
    """Something the answer needs is down, or the host is stopping."""

    status = 503
    code = "unavailable"


class ConfigError(Exception):
    """The user's files or settings are wrong; the text says what to change."""
