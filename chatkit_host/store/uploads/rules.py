"""What is taken: how large, how many, of which types."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass

from chatkit_host.errors import InvalidRequestError
from chatkit_host.store.uploads.content import OCTETS, media_type
from chatkit_host.store.uploads.spool import too_large

LONGEST_NAME = 200
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class UploadRules:
    """Limits; a type is `image/png`, `image/*` or `*/*`."""

    max_size: int = 10**7
    max_count: int = 10
    accept: tuple[str, ...] = ("image/*", "application/pdf", "text/*")
    max_pixels: int = 50_000_000

    def check_size(self, size: int) -> None:
        """Refuses what is announced as empty or too large."""
        if size <= 0:
            raise InvalidRequestError("The file is empty.")
        if size > self.max_size:
            raise too_large(self.max_size)

    def check_type(self, mime_type: str) -> None:
        """Refuses a type that is not taken."""
        if not any(_covers(pattern.lower(), mime_type) for pattern in self.accept):
            taken = ", ".join(self.accept)
            raise InvalidRequestError(
                f"Files of type {mime_type} are not taken here; these are: {taken}."
            )


def clean_name(given: str) -> str:
    """A name to show: no folders, nothing that is not printed, not too long. Never a path."""
    name = _UNPRINTABLE.sub("", re.split(r"[/\\]", given)[-1]).strip()
    if name in ("", ".", ".."):
        return "file"
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 20:
        return name[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def claimed_type(given: str | None, name: str) -> str:
    """The type that a client says; where it says nothing, what the name's ending means."""
    said = media_type(given)
    if said != OCTETS:
        return said
    return media_type(mimetypes.guess_type(name, strict=False)[0])


def _covers(pattern: str, mime_type: str) -> bool:
    if pattern == "*/*":
        return True
    if pattern.endswith("/*"):
        return mime_type.startswith(pattern[:-1])
    return pattern == mime_type
