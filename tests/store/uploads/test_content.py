"""What a file is, by its bytes."""

from __future__ import annotations

import io
import zipfile
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA

import pytest

from chatkit_host.errors import InvalidRequestError
from chatkit_host.store.uploads.content import OCTETS, decoded, media_type, settle

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"


def packed(**members: str) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return into.getvalue()


def damaged(method: int) -> bytes:
    """A packed document with something else in the place of what it packs."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", method) as archive:
        archive.writestr("mimetype", ODT * 20)
    data = bytearray(into.getvalue())
    start = len("mimetype") + 30  # behind the header
    data[start : start + 12] = b"\xff" * 12
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "claimed", "found"),
    [
        (b"\x89PNG\r\n\x1a\n...", OCTETS, "image/png"),
        (b"\xff\xd8\xff\xe0...", "image/png", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp", "image/webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav", "audio/wav"),
        (b"\0\0\0\x18ftypavif", "image/avif", "image/avif"),
        (b"\0\0\0\x18ftypheic", OCTETS, "image/heic"),
        (b"\0\0\0\x18ftypisom", "audio/mp4", "audio/mp4"),
        (b"\0\0\0\x18ftypisom", OCTETS, "video/mp4"),
        (b"\x1aE\xdf\xa3...", "audio/webm", "audio/webm"),
        (b"ID3\x04...", OCTETS, "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg", "audio/mpeg"),
        (b"BM\x46\0\0\0\0\0\0\0", OCTETS, "image/bmp"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", "application/msword"),
        (b"%PDF-1.7", OCTETS, "application/pdf"),
        (packed(word__document="x"), DOCX, DOCX),
        (packed(mimetype=ODT), ODT, ODT),
        (packed(a="x"), "application/zip", "application/zip"),
        (b"a,b\n1,2", "text/csv", "text/csv"),
        (b"{}", "application/json", "application/json"),
        (b"{}", "application/ld+json", "application/ld+json"),
        (b"const a = 1;", "video/mp2t", "text/plain"),  # what browsers call a .ts
        (b"hello", OCTETS, "text/plain"),
        ("grün".encode("latin-1"), "text/plain", "text/plain"),
        ("grün".encode("utf-16"), "text/plain", "text/plain"),
        (b"\x1b[1mbold\x1b[0m", "text/plain", "text/plain"),
        (b"\x00\x01", "application/x-own", "application/x-own"),
        (b"\x00\x01", OCTETS, OCTETS),
    ],
)
def test_the_bytes_decide(data: bytes, claimed: str, found: str) -> None:
    assert settle(io.BytesIO(data), claimed) == found


@pytest.mark.parametrize(
    ("data", "claimed"),
    [
        (b"<html>", "image/png"),
        (b"<html>", "application/pdf"),
        (b"<svg/>", "audio/mpeg"),
        (b"\x89PNG\r\n\x1a\n...", "image/svg+xml"),
        (b"\x89PNG\r\n\x1a\n...", "text/html"),
        (b"\x89PNG\r\n\x1a\n...", "audio/wav"),
        (b"MZ\x90\x00", "text/plain"),
        (b"MZ\x90\x00", "image/png"),
        (packed(a="x"), DOCX),
        (packed(mimetype="text/plain"), ODT),
        (packed(a="x"), ODT),
        (b"PK\x03\x04 and no more", DOCX),
        *((damaged(method), ODT) for method in (ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA)),
        (b"\xff\xfe\x00", "text/plain"),
        (b"a\x00b", "text/plain"),
        (b"a\x00b", "application/pdf"),
    ],
)
def test_a_lie_is_refused(data: bytes, claimed: str) -> None:
    with pytest.raises(InvalidRequestError, match="called"):
        settle(io.BytesIO(data), claimed)


@pytest.mark.parametrize(
    ("given", "type"),
    [
        ("image/PNG; q=1", "image/png"),
        ("image/jpg", "image/jpeg"),
        ("audio/x-wav", "audio/wav"),
        ("", OCTETS),
        (None, OCTETS),
        ("nonsense", OCTETS),
        ("text/html\r\nx: y", OCTETS),
        ("*/*", OCTETS),
    ],
)
def test_types_are_written_one_way(given: str | None, type: str) -> None:
    assert media_type(given) == type


def test_text_is_read_in_its_own_code() -> None:
    for code in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert decoded("grün …".encode(code)) == "grün …"
