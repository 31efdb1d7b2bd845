"""Links to files: signed, for an owner and a while.

In what is stored a preview has an address that leads nowhere (`HOME`). On the way to a client each
such address becomes a link that works: signed anew for who reads, on the host's present address.
Signed links in stored items would have expired when they are read again, and links that only the
session's cookie opens would be broken in pages of another origin and with bearer tokens, where an
`<img>` sends neither.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlencode

from chatkit_host import clock
from chatkit_host.context import RequestContext
from chatkit_host.errors import InvalidRequestError

Purpose = Literal["upload", "preview"]
Verdict = Literal["good", "expired", "bad"]

HOME = "https://chatkit-host.invalid/attachments/"
ID = re.compile(r"atc_[0-9a-z]{26}")
UPLOAD_TIME = 3600
"""Seconds in which an announced upload has to come."""

_MARK = HOME.encode()
_STORED = re.compile(rb'"' + re.escape(_MARK) + rb"(" + ID.pattern.encode() + rb')/preview"')
_SALT = b"chatkit-host.attachments"


def stored_preview(attachment_id: str) -> str:
    """The address of a preview in what is stored."""
    return f"{HOME}{attachment_id}/preview"


def id_in(url: str) -> str | None:
    """The attachment whose preview a stored address means; none for any other address."""
    found = ID.match(url.removeprefix(HOME))
    return found[0] if found and url == stored_preview(found[0]) else None


class Links:
    """Makes links, and tells good ones from bad ones.

    Args:
        key: the host's secret.
        path: where attachments are, below the host's address.
        lifetime: seconds that a link to a preview works at the least; at the most twice as long.
    """

    def __init__(self, key: bytes, path: str, lifetime: float) -> None:
        self._key = hashlib.sha256(_SALT + key).digest()
        self._path = path
        self._lifetime = max(60, int(lifetime))

    def upload(self, attachment_id: str, context: RequestContext) -> str:
        """Where the bytes of an announced attachment go."""
        until = int(clock.now().timestamp()) + UPLOAD_TIME
        return self._link("upload", attachment_id, "", until, context)

    def preview(self, attachment_id: str, context: RequestContext) -> str:
        """Where a picture is shown. The link opens nothing but the preview."""
        # In steps: the same link for a while, or a browser would load each picture again and again.
        now = int(clock.now().timestamp())
        until = (now // self._lifetime + 2) * self._lifetime
        return self._link("preview", attachment_id, "/preview", until, context)

    def judge(
        self, purpose: Purpose, attachment_id: str, owner: str, query: Mapping[str, str]
    ) -> Verdict:
        """What a link is worth that somebody shows for an attachment of this owner's."""
        until, shown = query.get("until", ""), query.get("signature", "")
        if not (until.isascii() and until.isdecimal() and len(until) < 12):
            return "bad"
        right = self._signature(purpose, attachment_id, owner, int(until))
        if not hmac.compare_digest(right.encode(), shown.encode("utf-8", "replace")):
            return "bad"
        return "good" if clock.now().timestamp() < int(until) else "expired"

    def put_in(self, data: bytes, context: RequestContext) -> bytes:
        """JSON with links that work in place of the addresses that are stored.

        The owner's own text may name such an address too, of any id: the link is signed for this
        owner, and opens nothing that is another's.
        """
        if _MARK not in data:
            return data

        def link(found: re.Match[bytes]) -> bytes:
            return json.dumps(self.preview(found[1].decode(), context)).encode()

        return _STORED.sub(link, data)

    def _link(
        self, purpose: Purpose, attachment_id: str, below: str, until: int, context: RequestContext
    ) -> str:
        if context.base_url is None:
            raise InvalidRequestError(
                "The request names no host, so no link can be made: send a Host header."
            )
        signature = self._signature(purpose, attachment_id, context.owner, until)
        query = urlencode({"until": until, "signature": signature})
        return f"{context.base_url}{self._path}/{attachment_id}{below}?{query}"

    def _signature(self, purpose: Purpose, attachment_id: str, owner: str, until: int) -> str:
        text = json.dumps([purpose, attachment_id, owner, until]).encode()
        digest = hmac.new(self._key, text, hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
