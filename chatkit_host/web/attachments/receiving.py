"""A file that comes in, raw or as the field `file` of a form, counted while it comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass

from litestar.types import Receive, Scope
from multipart import (
    MultipartError,
    MultipartSegment,
    ParserLimitReached,
    PushMultipartParser,
    parse_options_header,
)

from chatkit_host.errors import InvalidRequestError
from chatkit_host.store.uploads import Spool
from chatkit_host.store.uploads.spool import too_large
from chatkit_host.web.errors import RequestTimeoutError, UnsupportedMediaTypeError
from chatkit_host.web.headers import header

FIELD = "file"
AROUND = 64 * 1024
"""Bytes that a form may have besides the file."""

PATIENCE = 60.0
"""Seconds in which something more has to come."""

WHOLE_PATIENCE = 900.0
"""Seconds in which all of it has to come."""

FORM = "multipart/form-data"


@dataclass(slots=True)
class Incoming:
    """What came: the name and type are what the client says."""

    name: str | None = None
    mime_type: str | None = None
    found: bool = False


async def receive_file(scope: Scope, receive: Receive, spool: Spool, limit: int) -> Incoming:
    """Fill the spool.

    Raises:
        PayloadTooLargeError: there is, or is said to be, more than `limit` bytes.
        RequestTimeoutError: it stopped coming.
        InvalidRequestError: the client left in the middle, or sent no file.
    """
    given = header(scope, b"content-type") or ""
    media_type, options = parse_options_header(given)
    is_form = media_type == FORM
    _check_declared_length(scope, limit + (AROUND if is_form else 0), limit)
    chunks = _chunks(receive, limit + AROUND, limit)
    try:
        async with asyncio.timeout(WHOLE_PATIENCE):
            if is_form:
                return await _read_form(chunks, options.get("boundary", ""), spool)
            return await _read_raw(chunks, media_type, spool)
    except TimeoutError as error:
        raise RequestTimeoutError("The file did not arrive in time.") from error
    finally:
        await chunks.aclose()


def want_form(scope: Scope) -> None:
    """Refuse what is no form."""
    media_type, _ = parse_options_header(header(scope, b"content-type") or "")
    if media_type != FORM:
        raise UnsupportedMediaTypeError(
            f"Send the file as {FORM}, in a field named {FIELD!r}, "
            f"not as {media_type or 'something without a Content-Type'}."
        )


async def _read_raw(chunks: AsyncGenerator[bytes, None], media_type: str, spool: Spool) -> Incoming:
    async for chunk in chunks:
        await spool.write(chunk)
    return Incoming(mime_type=media_type or None, found=True)


async def _read_form(chunks: AsyncGenerator[bytes, None], boundary: str, spool: Spool) -> Incoming:
    incoming = Incoming()
    try:
        parser = PushMultipartParser(boundary, max_segment_count=16)
        taking = False
        async for chunk in chunks:
            for event in _events(parser, chunk):
                if isinstance(event, MultipartSegment):
                    taking = _begins_file(event, incoming)
                elif event is not None and taking:
                    await spool.write(event)
        parser.close()
    except ParserLimitReached as error:
        raise InvalidRequestError("The form has too many fields, or too long headers.") from error
    except (MultipartError, LookupError, UnicodeError) as error:
        raise InvalidRequestError("The form is not complete, or not written as one.") from error
    if not incoming.found:
        raise InvalidRequestError(f"The form has no file in a field named {FIELD!r}.")
    return incoming


def _events(
    parser: PushMultipartParser, chunk: bytes
) -> Iterator[MultipartSegment | bytes | bytearray | None]:
    if chunk:  # an empty one would mean the end
        yield from parser.parse(chunk)


def _begins_file(segment: MultipartSegment, incoming: Incoming) -> bool:
    if segment.name != FIELD:
        return False
    if incoming.found:
        raise InvalidRequestError(f"The form has more than one field named {FIELD!r}.")
    incoming.found = True
    incoming.name = segment.filename
    incoming.mime_type = segment.content_type
    return True


async def _chunks(receive: Receive, most: int, limit: int) -> AsyncGenerator[bytes, None]:
    count = 0
    while True:
        async with asyncio.timeout(PATIENCE):
            message = await receive()
        if message["type"] != "http.request":
            raise InvalidRequestError("The client left before its file was complete.")
        count += len(message["body"])
        if count > most:
            raise too_large(limit)
        yield message["body"]
        if not message["more_body"]:
            return


def _check_declared_length(scope: Scope, most: int, limit: int) -> None:
    declared = header(scope, b"content-length")
    if declared is not None and declared.isdecimal() and int(declared) > most:
        raise too_large(limit)
