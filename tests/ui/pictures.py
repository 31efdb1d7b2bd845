"""Screenshots that are compared with those that somebody has looked at.

Two builds of Chromium draw the edges of the same letters a little differently, and nothing else: so
pictures are compared by small squares. What an edge adds to the mean of a square is little; a colour,
a word or a line that is another one, or has moved, is much.
"""

from __future__ import annotations

import os
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

KEPT = Path(__file__).parent / "screenshots"
COLOURS = 256
"""So many are kept, which nobody sees, and which makes half of the bytes."""
SQUARE = 12
MOST = 18
"""Of 255: the mean difference of a square. Fewer colours make 5; letters that are a tenth of a pixel
bolder, 11; text of another grey, 20; and what has moved by a pixel, 40 and more.
"""


def compare(name: str, taken: bytes) -> str | None:
    """What is wrong with a screenshot, and where to look at it; None if nothing is.

    With UPDATE_SCREENSHOTS=1 it is kept instead, for the next time.
    """
    now = Image.open(BytesIO(taken)).convert("RGB")
    kept = KEPT / f"{name}.png"
    if os.environ.get("UPDATE_SCREENSHOTS"):
        kept.parent.mkdir(exist_ok=True)
        if not kept.exists() or differing(Image.open(kept).convert("RGB"), now) is not None:
            _few_colours(now).save(kept, optimize=True)
        return None
    if not kept.exists():
        return f"{name}: nobody has looked at it yet. {_told(now, None)}"
    before = Image.open(kept).convert("RGB")
    difference = differing(before, now)
    return None if difference is None else f"{name}: it looks different. {_told(now, difference)}"


def differing(before: Image.Image, now: Image.Image) -> Image.Image | None:
    """A picture of the squares that differ; None if none does."""
    if before.size != now.size:
        return ImageChops.difference(_on(before, now.size), now)
    difference = ImageChops.difference(before, now)
    red, green, blue = difference.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    squares = most.resize((-(-now.width // SQUARE), -(-now.height // SQUARE)), Image.Resampling.BOX)
    marked = squares.point(lambda mean: 255 if mean > MOST else 0)
    if marked.getbbox() is None:
        return None
    mask = marked.resize(now.size, Image.Resampling.NEAREST)
    pale = Image.blend(now, Image.new("RGB", now.size, "white"), 0.7)
    return Image.composite(now, pale, mask)


def _few_colours(picture: Image.Image) -> Image.Image:
    few = picture.quantize(COLOURS, kmeans=1, dither=Image.Dither.NONE)
    return picture if differing(picture, few.convert("RGB")) else few


def _on(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture in the corner of one that has another size."""
    ground = Image.new("RGB", size)
    ground.paste(picture)
    return ground


def _told(now: Image.Image, difference: Image.Image | None) -> str:
    folder = Path(tempfile.mkdtemp(prefix="screenshot-"))
    now.save(folder / "actual.png")
    if difference is not None:
        difference.save(folder / "difference.png")
    return f"Look at {folder}; UPDATE_SCREENSHOTS=1 keeps it."
