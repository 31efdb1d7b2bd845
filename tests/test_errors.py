"""Errors: what a client is told, and with which status."""

from __future__ import annotations

import pytest

from chatkit_host import errors
from chatkit_host.errors import CustomStreamError, ErrorCode, RequestError, StreamError


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (errors.InvalidRequestError, 400, "invalid_request"),
        (errors.ForbiddenError, 403, "forbidden"),
        (errors.NotFoundError, 404, "not_found"),
        (errors.ConflictError, 409, "conflict"),
        (errors.PayloadTooLargeError, 413, "too_large"),
        (errors.RateLimitedError, 429, "rate_limited"),
        (errors.UnavailableError, 503, "unavailable"),
    ],
)
def test_a_request_error_has_a_status_and_a_code(
    kind: type[RequestError], status: int, code: str
) -> None:
    error = kind("why")
    assert isinstance(error, RequestError)
    assert (error.status, error.code, error.message, str(error)) == (status, code, "why", "why")


def test_not_found_needs_no_words() -> None:
    assert str(errors.NotFoundError()) == "not found"


def test_a_rate_limit_says_how_long_to_wait() -> None:
    assert errors.RateLimitedError("slow down", retry_after=2.5).retry_after == 2.5


def test_a_stream_error_takes_its_retry_from_its_code() -> None:
    assert StreamError(ErrorCode.STREAM_ERROR).allow_retry is True
    assert StreamError(ErrorCode.STREAM_ERROR).status_code == 500
    assert StreamError(ErrorCode.STREAM_ERROR, allow_retry=False).allow_retry is False
    assert "stream.error" in str(StreamError(ErrorCode.STREAM_ERROR))


def test_a_custom_error_says_what_it_is_told_to() -> None:
    error = CustomStreamError("no tea", allow_retry=True)
    assert (error.message, error.allow_retry, str(error)) == ("no tea", True, "no tea")
    assert CustomStreamError("no tea").allow_retry is False


def test_a_mistake_in_the_config_is_no_request_error() -> None:
    assert not issubclass(errors.ConfigError, RequestError)
