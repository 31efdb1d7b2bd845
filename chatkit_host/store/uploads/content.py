"""What a file is, by its bytes. What the client says of it is only a wish."""

from __future__ import annotations

import re
import zipfile
from typing import IO

from chatkit_host.errors import InvalidRequestError

OCTETS = "application/octet-stream"
PLAIN = "text/plain"
SVG = "image/svg+xml"

# (where, what stands there, what it then is); the first that fits.
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"OggS", "audio/ogg"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"MZ", "application/x-msdownload"),
    (0, b"\x7fELF", "application/x-executable"),
)
_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"M4A ": "audio/mp4",
    b"qt  ": "video/quicktime",
}
_SAME = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/vnd.wave": "audio/wav",
    "audio/mp3": "audio/mpeg",
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "audio/x-flac": "audio/flac",
    "application/x-pdf": "application/pdf",
    "application/x-zip-compressed": "application/zip",
}
# What a container may rightly be called besides.
_CONTAINED = {
    "video/mp4": {"audio/mp4", "video/quicktime"},
    "audio/mp4": {"video/mp4"},
    "video/webm": {"audio/webm", "video/x-matroska"},
    "audio/ogg": {"video/ogg", "application/ogg", "audio/opus"},
    "application/x-ole-storage": {
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
    },
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PARTS = {
    f"{_OFFICE}wordprocessingml.document": "word/",
    f"{_OFFICE}spreadsheetml.sheet": "xl/",
    f"{_OFFICE}presentationml.presentation": "ppt/",
}
_SELF_NAMED = ("application/vnd.oasis.opendocument.", "application/epub+zip")
_TEXTS = {
    "application/json",
    "application/x-ndjson",
    "application/xml",
    "application/yaml",
    "application/x-yaml",
    "application/toml",
    "application/javascript",
    "application/sql",
    "application/x-sh",
    SVG,
}
_RECOGNISED = (
    {name for _, _, name in _MAGIC} | set(_BRANDS.values()) | {"video/mp4"} | set(_PARTS)
) | {name for names in _CONTAINED.values() for name in names}
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def media_type(given: str | None) -> str:
    """A type as it is written here: no parameters, one name for one thing; octets if it is none."""
    plain = (given or "").partition(";")[0].strip().lower()
    return _SAME.get(plain, plain) if _TYPE.fullmatch(plain) else OCTETS


def is_textual(name: str) -> bool:
    """Whether files of this type are text."""
    return name.startswith("text/") or name in _TEXTS or name.endswith(("+json", "+xml"))


def settle(file: IO[bytes], claimed: str) -> str:
    """The type that a file really has; blocks, so it is called in a worker thread.

    Args:
        file: at its start.
        claimed: what the client says, through `media_type`.

    Raises:
        InvalidRequestError: it is something else than the client says.
    """
    head = file.read(4096)
    file.seek(0)
    found = sniff(head)
    if found is None:
        return _settle_unmarked(file, claimed)
    if claimed in (found, OCTETS):
        return found
    if claimed in _CONTAINED.get(found, ()):
        return claimed
    if found == "application/zip" and _is_packed(file, claimed):
        return claimed
    major = claimed.partition("/")[0]
    if major in ("image", "audio", "video") and found.startswith(f"{major}/") and claimed != SVG:
        return found  # a .jpg that is a WebP: common, and no harm
    raise _lie(claimed, found)


def sniff(head: bytes) -> str | None:
    """The type that the first bytes tell; none where they tell nothing."""
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    for place, mark, name in _MAGIC:
        if head.startswith(mark, place) and (place == 0 or head.startswith(b"RIFF")):
            return name
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return "image/bmp"
    if len(head) > 2 and head[0] == 0xFF and head[1] in (0xFB, 0xF3, 0xF2, 0xFA):
        return "audio/mpeg"
    return None


def _settle_unmarked(file: IO[bytes], claimed: str) -> str:
    if is_text(file):
        if is_textual(claimed):
            return claimed
        if claimed in _RECOGNISED:
            raise _lie(claimed, PLAIN)
        return PLAIN
    if is_textual(claimed) or claimed in _RECOGNISED:
        raise _lie(claimed, None)
    return claimed


def is_text(file: IO[bytes]) -> bool:
    """Whether a file is text: UTF-8, UTF-16 with its mark, or one of the older one-byte codes."""
    data = file.read()
    file.seek(0)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(data, "utf-16")
    return _NO_TEXT.search(data) is None


def decoded(data: bytes) -> str:
    """The text of a file of text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_packed(file: IO[bytes], claimed: str) -> bool:
    """Whether a zip is the document that it is called; only its table of contents is read."""
    try:
        with zipfile.ZipFile(file) as packed:
            if claimed in _PARTS:
                return any(name.startswith(_PARTS[claimed]) for name in packed.namelist())
            if claimed.startswith(_SELF_NAMED):
                with packed.open("mimetype") as told:
                    return told.read(200).decode("ascii", "replace").strip() == claimed
    except Exception:  # what is packed may be damaged in as many ways as there are packings
        return False
    finally:
        file.seek(0)
    return False


def _lie(claimed: str, found: str | None) -> InvalidRequestError:
    truth = f"it is {found}" if found else "its bytes are something else"
    return InvalidRequestError(f"The file is called {claimed}, but {truth}.")
