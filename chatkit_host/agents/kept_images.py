"""Pictures that a model makes, kept where files are kept instead of in the thread itself."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable

from chatkit_host.agents.response_converter import ResponseStreamConverter
from chatkit_host.logger import logger

KeepImage = Callable[[str, bytes, int | None], Awaitable[str]]
"""Takes the id of the call that makes a picture, the bytes, and which unfinished version they are
(None for the finished one); gives the URL under which a client gets it."""


class KeptImages(ResponseStreamConverter):
    """Hands the bytes of pictures on.

    Args:
        keep: where to.
        partial_images: how many unfinished versions of a picture to expect.
    """

    def __init__(self, keep: KeepImage, *, partial_images: int | None = None) -> None:
        super().__init__(partial_images=partial_images)
        self._keep = keep

    async def base64_image_to_url(
        self, image_id: str, base64_image: str, partial_image_index: int | None = None
    ) -> str:
        try:
            data = base64.b64decode(base64_image, validate=True)
        except binascii.Error:
            logger.warning("picture %s is not base64; it is shown as it came", image_id)
            return await super().base64_image_to_url(image_id, base64_image, partial_image_index)
        return await self._keep(image_id, data, partial_image_index)
