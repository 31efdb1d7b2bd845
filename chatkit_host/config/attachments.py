"""`attachments`: what users may hand in, and where its bytes are kept."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, SecretStr

from chatkit_host.config.kinds import problem
from chatkit_host.config.section import Section
from chatkit_host.config.values import Duration, Size

SCHEMES = ("memory", "s3", "gs", "az")
"""Places that are no folder; all but the first are object stores."""


def _known(url: str) -> str:
    scheme, mark, rest = url.partition("://")
    if not mark:
        if url == "memory:":
            return url
        if url.strip():
            return url
    elif scheme in SCHEMES and (rest or scheme == "memory"):
        return url
    cure = "write a folder (./uploads), memory:, s3://bucket/prefix, gs://… or az://…"
    raise problem("attachments", f"{url!r} is no place to keep files", cure=cure)


Place = Annotated[str, AfterValidator(_known)]
_RANGE = re.compile(r"\*/\*|[a-z]+/(\*|[a-z0-9][a-z0-9!#$&^_.+-]*)")


def _types(text: str) -> str:
    if _RANGE.fullmatch(text.lower()):
        return text.lower()
    message = f"{text!r} names no type of files"
    raise problem("media_range", message, cure="write image/*, application/pdf or */*")


MediaRange = Annotated[str, AfterValidator(_types)]


class UploadStore(Section):
    """Where bytes are kept; a folder or URL for short."""

    short: ClassVar[str | None] = "url"

    url: Place = Field(description="A folder, memory:, s3://bucket/prefix, gs://… or az://….")
    options: dict[str, SecretStr] = Field(
        {}, description="Of an object store: endpoint, region, access_key_id, …"
    )

    @property
    def scheme(self) -> str:
        """memory, s3, gs or az; nothing for a folder."""
        scheme = self.url.partition(":")[0]
        return scheme if scheme in SCHEMES else ""


class Attachments(Section):
    """Files of users; a folder or URL for short."""

    short: ClassVar[str | None] = "store"

    store: UploadStore | None = Field(
        None, description="Where the bytes are kept: ./.chatkit/uploads, s3://bucket/prefix."
    )
    max_size: Size = Field(10**7, gt=0, description="The largest file: 10MB.")
    max_count: int = Field(10, ge=1, le=100, description="The most files of one message.")
    accept: tuple[MediaRange, ...] = Field(
        ("image/*", "application/pdf", "text/*"),
        min_length=1,
        description="What types are taken: image/*, application/pdf.",
    )
    max_pixels: int = Field(
        50_000_000, gt=0, description="The most pixels of a picture: width times height."
    )
    links: Duration = Field(
        3600.0, ge=60, description="How long a link to a preview works at the least: 1h."
    )
    keep_unsent: Duration = Field(
        86400.0, ge=60, description="After this a file that was never sent is deleted: 24h."
    )
