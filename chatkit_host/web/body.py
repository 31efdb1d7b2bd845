"""Reading a request's body, counted."""

from __future__ import annotations

import asyncio

from litestar.types import Receive, Scope

from chatkit_host.errors import InvalidRequestError, PayloadTooLargeError
from chatkit_host.web.errors import RequestTimeoutError, UnsupportedMediaTypeError
from chatkit_host.web.headers import header


def check_media_type(scope: Scope) -> None:
    """Refuse what is not called JSON: a form on another page can post everything else."""
    given = header(scope, b"content-type") or ""
    media_type = given.partition(";")[0].strip().lower()
    if media_type != "application/json":
        named = f"not {media_type}" if media_type else "and none was named"
        raise UnsupportedMediaTypeError(f"The Content-Type has to be application/json, {named}.")


async def read_body(scope: Scope, receive: Receive, limit: int, patience: float) -> bytes:
    """The whole body.

    Raises:
        PayloadTooLargeError: it is, or says it is, longer than `limit` bytes.
        RequestTimeoutError: it did not come within `patience` seconds.
        InvalidRequestError: the client left in the middle.
    """
    _check_declared_length(scope, limit)
    try:
        async with asyncio.timeout(patience):
            return await _read_counted(receive, limit)
    except TimeoutError as error:
        message = f"The request body did not arrive within {patience:g} seconds."
        raise RequestTimeoutError(message) from error


def _check_declared_length(scope: Scope, limit: int) -> None:
    declared = header(scope, b"content-length")
    if declared is not None and declared.isdecimal() and int(declared) > limit:
        raise _too_large(limit)


async def _read_counted(receive: Receive, limit: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise InvalidRequestError("The client left before its request was complete.")
        body += message["body"]
        if len(body) > limit:
            raise _too_large(limit)
        if not message["more_body"]:
            return bytes(body)


def _too_large(limit: int) -> PayloadTooLargeError:
    return PayloadTooLargeError(
        f"The request body is larger than {limit} bytes, the limit of this server."
    )
