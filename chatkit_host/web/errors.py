"""Refusals that only HTTP knows, and how an error looks on the wire."""

from __future__ import annotations

import json
import math
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from chatkit_host.errors import RateLimitedError, RequestError
from chatkit_host.ids import new_id
from chatkit_host.logger import logger

AnyRequest = Request[Any, Any, Any]

HTTP_CODES = {404: "not_found", 405: "method_not_allowed"}


class UnauthorizedError(RequestError):
    """Nobody we know is asking."""

    status = 401
    code = "unauthorized"


class MethodNotAllowedError(RequestError):
    """The path is right, the method is not."""

    status = 405
    code = "method_not_allowed"

    def __init__(self, message: str, allow: str = "POST, OPTIONS") -> None:
        super().__init__(message)
        self.allow = allow


class RequestTimeoutError(RequestError):
    """The body did not come in time."""

    status = 408
    code = "timeout"


class UnsupportedMediaTypeError(RequestError):
    """The body is not called JSON."""

    status = 415
    code = "unsupported_media_type"


class MisdirectedError(RequestError):
    """The `Host` header names somebody else."""

    status = 421
    code = "misdirected"


def error_body(code: str, message: str) -> bytes:
    """The JSON of every error that this server answers with."""
    error = {"code": code, "message": message}
    return json.dumps({"error": error}, ensure_ascii=False).encode()


def error_headers(error: RequestError) -> dict[str, str]:
    """Headers that the status asks for."""
    if isinstance(error, UnauthorizedError):
        return {"www-authenticate": 'Bearer realm="chatkit"'}
    if isinstance(error, RateLimitedError):
        return {"retry-after": str(math.ceil(error.retry_after))}
    if isinstance(error, MethodNotAllowedError):
        return {"allow": error.allow}
    return {}


def log_unexpected(error: BaseException) -> str:
    """Log an error that is ours, and give the id under which the log has it."""
    error_id = new_id("err")
    logger.error("Error %s", error_id, exc_info=error)
    return error_id


def unexpected_message(error_id: str) -> str:
    """All that a client is told of an error that is ours."""
    return f"Something went wrong on the server. Its log has the details under {error_id}."


def answer_refusal(_request: AnyRequest, error: RequestError) -> Response[bytes]:
    """A `RequestError` as its status and message."""
    headers = error_headers(error)
    return json_response(error_body(error.code, str(error)), error.status, headers)


def answer_http_error(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    """Litestar's own refusals (no such path, wrong method), in our shape."""
    if error.status_code >= 500:
        return answer_unexpected(request, error)
    code = HTTP_CODES.get(error.status_code, "bad_request")
    where = f"{request.method} {request.scope['path']}"
    message = f"{where}: {error.detail}" if error.detail else where
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    return json_response(error_body(code, message), error.status_code, headers)


def answer_unexpected(_request: AnyRequest, error: Exception) -> Response[bytes]:
    """Everything else: a 500 that says nothing but where the log has it."""
    message = unexpected_message(log_unexpected(error))
    return json_response(error_body("internal_error", message), 500)


def json_response(
    body: bytes, status: int = 200, headers: dict[str, str] | None = None
) -> Response[bytes]:
    """JSON bytes as a response that nobody keeps or sniffs."""
    fixed = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
    return Response(
        body, status_code=status, media_type="application/json", headers=fixed | (headers or {})
    )
