"""Pictures, through Pillow: whether they are what they say, and smaller ones of them.

All of it is work for a worker thread. What is shown to people is never the file that came, but a
new picture made of its pixels: no metadata (where it was taken), nothing that hides behind them.
"""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

from chatkit_host.errors import InvalidRequestError
from chatkit_host.store.uploads.content import sniff

if TYPE_CHECKING:
    from PIL.Image import Image

PREVIEW_TYPE = "image/webp"
# Only the decoder of the type that the bytes show is let near them.
_DECODERS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
    "image/avif": "AVIF",
}
SHOWN = frozenset(_DECODERS)
"""Types of which there are previews."""

FOR_MODELS = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
SMALL = 1_000_000
"""A picture of so many bytes goes to a model as it came; a larger one is made smaller."""

MODEL_LONGEST = 2048
"""Models look at no more than this of a side."""


def smaller(
    file: IO[bytes], mime_type: str, *, longest: int, max_pixels: int, quality: int = 82
) -> bytes:
    """A WebP of the picture, `longest` pixels at most on its longer side.

    Args:
        file: at its start.
        mime_type: one of `SHOWN`, as the bytes have it.
        longest: the most pixels of a side.
        max_pixels: how many pixels the picture may have; one that has more is not decoded.
        quality: of the WebP, to 100.

    Raises:
        InvalidRequestError: it cannot be read, or has too many pixels.
    """
    from PIL import Image, ImageOps

    unreadable = InvalidRequestError("The picture is damaged, or is none: it cannot be read.")
    try:
        with Image.open(file, formats=[_DECODERS[mime_type]]) as picture:
            _check_pixels(picture, max_pixels)
            picture.thumbnail((longest, longest))
            return _as_webp(ImageOps.exif_transpose(picture), quality)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many(max_pixels) from None
    except InvalidRequestError:
        raise
    except Exception as error:  # decoders raise what they like on damaged files
        raise unreadable from error


def model_picture(data: bytes, max_pixels: int) -> tuple[str, bytes]:
    """A picture as models take it, with its type: as it came if it is small and of a known type.

    Raises:
        ValueError: it cannot be read.
    """
    found = sniff(data[:4096])
    if found in FOR_MODELS and len(data) <= SMALL:
        return found, data
    if found not in SHOWN:
        raise ValueError("this is no picture")
    try:
        file = io.BytesIO(data)
        return PREVIEW_TYPE, smaller(file, found, longest=MODEL_LONGEST, max_pixels=max_pixels)
    except InvalidRequestError as error:
        raise ValueError(str(error)) from error


def _check_pixels(picture: Image, max_pixels: int) -> None:
    if picture.width * picture.height > max_pixels:
        raise _too_many(max_pixels)


def _as_webp(picture: Image, quality: int) -> bytes:
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    into = io.BytesIO()
    picture.convert(mode).save(into, "WEBP", quality=quality, method=2, exif=b"", xmp=b"")
    return into.getvalue()


def _too_many(max_pixels: int) -> InvalidRequestError:
    return InvalidRequestError(
        f"The picture has more than {max_pixels / 1e6:.3g} million pixels, the limit here."
    )
