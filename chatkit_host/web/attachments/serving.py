"""A file that goes out: as something to keep, never as a page of ours."""

from __future__ import annotations

import string
from contextlib import aclosing
from urllib.parse import quote

from litestar.types import Send

from chatkit_host.store.uploads import Opened, size_of
from chatkit_host.store.uploads.content import OCTETS, is_textual
from chatkit_host.store.uploads.pictures import PREVIEW_TYPE, SHOWN
from chatkit_host.types import Attachment
from chatkit_host.web.headers import HeaderList

CACHED_FOR = 600
_AS_THEY_ARE = SHOWN | {"application/pdf", "audio/wav", "audio/mpeg", "audio/ogg", "video/mp4"}

# Should a browser show it after all: no scripts, no origin of ours, nothing loaded.
POLICY = b"default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

_PLAIN = frozenset(string.ascii_letters + string.digits + " !#$&'()+,-.=@[]^_`{}~")


async def send_file(
    send: Send, opened: Opened, *, preview: bool, by_link: bool, with_body: bool
) -> None:
    """Answer with the bytes.

    Args:
        send: to the client.
        opened: the attachment and its bytes.
        preview: whether they are those of its preview.
        by_link: whether a signed link opened it, which pages of other origins may show as well.
        with_body: whether they are wanted, and not the headers alone.
    """
    attachment = opened.attachment
    headers = _headers(attachment, preview=preview, by_link=by_link)
    if not preview:
        headers.append((b"content-length", str(size_of(attachment)).encode()))
    async with aclosing(opened.chunks) as chunks:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if with_body:
            async for chunk in chunks:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _headers(attachment: Attachment, *, preview: bool, by_link: bool) -> HeaderList:
    shown_as = PREVIEW_TYPE if preview else served_type(attachment.mime_type)
    reach = b"cross-origin" if by_link else b"same-origin"
    return [
        (b"content-type", shown_as.encode()),
        (b"content-disposition", disposition(attachment.name, inline=preview)),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", POLICY),
        (b"cross-origin-resource-policy", reach),
        (b"cache-control", f"private, max-age={CACHED_FOR}".encode()),
        (b"referrer-policy", b"no-referrer"),
    ]


def served_type(mime_type: str) -> str:
    """The type that a file is sent as: its own only where no browser would run it."""
    if is_textual(mime_type):
        return "text/plain; charset=utf-8"
    return mime_type if mime_type in _AS_THEY_ARE else OCTETS


def disposition(name: str, *, inline: bool) -> bytes:
    """The header that names the file (RFC 6266): in ASCII for old clients, and as it is."""
    plain = "".join(each if each in _PLAIN else "_" for each in name)
    whole = quote(name, safe="", errors="replace")
    how = "inline" if inline else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{whole}".encode()
