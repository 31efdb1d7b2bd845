"""Dictation: audio in, text for the composer out."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from chatkit_host.errors import InvalidRequestError
from chatkit_host.types import AudioInput, InputTranscribeParams
from chatkit_host.types.codec import encode

if TYPE_CHECKING:
    from chatkit_host.server.chatkit_server import ChatKitServer


async def transcribe(
    server: ChatKitServer[Any], params: InputTranscribeParams, context: Any
) -> bytes:
    """What was said."""
    try:
        data = base64.b64decode(params.audio_base64, validate=True)
    except binascii.Error as error:
        raise InvalidRequestError("params.audio_base64: is not base64") from error
    result = await server.transcribe(AudioInput(data=data, mime_type=params.mime_type), context)
    return encode(result)
