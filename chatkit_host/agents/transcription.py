"""Speech to text, through OpenAI's API or any server that speaks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chatkit_host.errors import (
    InvalidRequestError,
    PayloadTooLargeError,
    RateLimitedError,
    RequestError,
    UnavailableError,
)
from chatkit_host.logger import logger
from chatkit_host.types import AudioInput

if TYPE_CHECKING:
    from openai import AsyncOpenAI

NOT_NOW = "Dictation does not work right now; try again later."

# What browsers record, and the name under which servers know it.
MEDIA_TYPES = {
    "audio/webm": "webm",
    "video/webm": "webm",
    "audio/ogg": "ogg",
    "application/ogg": "ogg",
    "audio/mp4": "mp4",
    "audio/m4a": "mp4",
    "audio/x-m4a": "mp4",
    "audio/wav": "wav",
    "audio/wave": "wav",
    "audio/x-wav": "wav",
    "audio/vnd.wave": "wav",
}


@dataclass(frozen=True, slots=True)
class TranscriptionSpec:
    """What hears.

    Attributes:
        model: the server's name for it.
        base_url: the server; without it, OpenAI's.
        api_key: without it, the environment's `OPENAI_API_KEY`.
        language: what is spoken, as ISO 639-1; without it, the model finds out.
        prompt: names and words that are likely to be heard.
        max_size: bytes of a recording.
        timeout: seconds to wait for the text.
        max_retries: how often to ask again where the server is busy or out of reach.
    """

    model: str
    base_url: str | None = None
    api_key: str | None = None
    language: str | None = None
    prompt: str | None = None
    max_size: int = 10**7
    timeout: float = 60.0
    max_retries: int = 2


class Transcriber:
    """Sends recordings to one server. It connects when it is first asked."""

    def __init__(self, spec: TranscriptionSpec) -> None:
        self._spec = spec
        self._client: AsyncOpenAI | None = None

    async def transcribe(self, audio: AudioInput) -> str:
        """What was said.

        Raises:
            RequestError: the recording cannot be taken, or the server does not answer; its message
                is for the user.
        """
        kind = check_recording(audio, self._spec.max_size)
        try:
            heard = await self._connected().audio.transcriptions.create(
                file=(f"audio.{kind}", audio.data, f"audio/{kind}"),
                model=self._spec.model,
                response_format="json",
                **self._hints(),
            )
        except Exception as error:
            raise _told(error) from error
        text = getattr(heard, "text", None)
        if not isinstance(text, str):
            logger.warning("The transcription server gave no text: %.200r", heard)
            raise UnavailableError(NOT_NOW)
        return text.strip()

    async def aclose(self) -> None:
        """Let go of the connection."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    def _connected(self) -> AsyncOpenAI:
        if self._client is None:
            from openai import AsyncOpenAI

            self._client = AsyncOpenAI(
                api_key=self._spec.api_key,
                base_url=self._spec.base_url,
                timeout=self._spec.timeout,
                max_retries=self._spec.max_retries,
            )
        return self._client

    def _hints(self) -> dict[str, Any]:
        given = {"language": self._spec.language, "prompt": self._spec.prompt}
        return {name: value for name, value in given.items() if value}


def check_recording(audio: AudioInput, max_size: int) -> str:
    """The kind of a recording, by its content: webm, ogg, mp4 or wav.

    Raises:
        RequestError: it is empty, too large, or of another kind.
    """
    if not audio.data:
        raise InvalidRequestError("params.audio_base64: the recording is empty")
    if len(audio.data) > max_size:
        message = f"The recording has {len(audio.data)} bytes; the limit is {max_size}."
        raise PayloadTooLargeError(message)
    if audio.media_type.strip().lower() not in MEDIA_TYPES:
        raise InvalidRequestError(
            f"params.mime_type: {audio.media_type[:100]!r} is not taken; "
            "record audio/webm, audio/ogg, audio/mp4 or audio/wav"
        )
    kind = _kind_of(audio.data)
    if kind is None:
        raise InvalidRequestError(
            "params.audio_base64: this is no recording in WebM, Ogg, MP4 or WAV"
        )
    return kind


def _kind_of(data: bytes) -> str | None:
    if data[:4] == b"\x1aE\xdf\xa3":
        return "webm"
    if data[:4] == b"OggS":
        return "ogg"
    if data[4:8] == b"ftyp":
        return "mp4"
    return "wav" if data[:4] == b"RIFF" and data[8:12] == b"WAVE" else None


def _told(error: Exception) -> RequestError:
    """What to tell the user of a failure; the log gets the rest."""
    from openai import APIStatusError, APITimeoutError, OpenAIError, RateLimitError

    if not isinstance(error, OpenAIError):
        raise error
    logger.warning("Transcribing failed: %r", error)
    match error:
        case RateLimitError():
            return RateLimitedError("Too much is being dictated right now; try again in a moment.")
        case APITimeoutError():
            return UnavailableError("Writing down what was said took too long; try again.")
        case APIStatusError(status_code=400 | 413 | 415 | 422):
            return InvalidRequestError("The recording could not be understood; try another one.")
        case _:
            return UnavailableError(NOT_NOW)
