"""`server: { python: … }` → a server class of the author's own, with the host's parts around it."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from chatkit_host.agents import Transcriber
from chatkit_host.compiler.plugins import WHERE, load_server_class
from chatkit_host.compiler.server import turn_policy
from chatkit_host.compiler.transcription import compile_transcription
from chatkit_host.config.root import Config
from chatkit_host.context import RequestContext
from chatkit_host.errors import ConfigError
from chatkit_host.server import ChatKitServer
from chatkit_host.store import AttachmentStore, Store
from chatkit_host.types import AudioInput, TranscriptionResult

STORE_NAMES = ("store", "data_store")
"""What a constructor may call its store."""


class PythonParts:
    """What the host opens and closes around a server that is written in Python."""

    def __init__(self, config: Config, store: Store[RequestContext]) -> None:
        self.store = store
        self.transcriber = compile_transcription(config)
        self._config = config

    @property
    def entities(self) -> None:
        """The file's are not asked: the class answers as it does."""
        return None

    def load(self) -> None:
        """The class was imported when the app was compiled; nothing else waits."""

    async def aclose(self) -> None:
        """Close what hears."""
        if self.transcriber is not None:
            await self.transcriber.aclose()

    def describe(self) -> Mapping[str, Sequence[str]]:
        """The class, and what hears."""
        section, taken = self._config.transcription, self._config.attachments
        return {
            "server": [self._config.server.python or ""],
            "attachments": [] if taken is None else [*taken.accept],
            "transcription": [] if section is None else [section.model],
        }


def compile_python_server(
    config: Config,
    parts: PythonParts,
    attachment_store: AttachmentStore[RequestContext] | None = None,
) -> ChatKitServer[RequestContext]:
    """A server of the class that the file names.

    Raises:
        ConfigError: the class cannot be loaded, or cannot be made with a store.
    """
    named = config.server.python or ""
    server_class = load_server_class(named)
    if parts.transcriber is not None and server_class.transcribe is ChatKitServer.transcribe:
        server_class = _hearing(server_class, parts.transcriber)
    server = _made(server_class, named, parts.store, attachment_store)
    if "respond" in config.model_fields_set:
        server.use_policy(turn_policy(config))
    return server


def _hearing(
    server_class: type[ChatKitServer[Any]], transcriber: Transcriber
) -> type[ChatKitServer[Any]]:
    """The class, with dictation as `transcription:` has it."""

    class HearingServer(server_class):  # type: ignore[misc, valid-type]
        async def transcribe(
            self, audio_input: AudioInput, context: RequestContext
        ) -> TranscriptionResult:
            return TranscriptionResult(text=await transcriber.transcribe(audio_input))

    return HearingServer


def _made(
    server_class: type[ChatKitServer[Any]],
    named: str,
    store: Store[RequestContext],
    attachment_store: AttachmentStore[RequestContext] | None,
) -> ChatKitServer[RequestContext]:
    given = _arguments(server_class, named, store, attachment_store)
    try:
        server = server_class(**given)
    except Exception as error:
        message = f"{WHERE}: {named} cannot be made: {type(error).__name__}: {error}"
        raise ConfigError(message) from error
    if not hasattr(server, "turns"):
        fault = "has an __init__ that does not call super().__init__(store, attachment_store)"
        raise ConfigError(f"{WHERE}: {named} {fault}")
    return server


def _arguments(
    server_class: type[ChatKitServer[Any]],
    named: str,
    store: Store[RequestContext],
    attachment_store: AttachmentStore[RequestContext] | None,
) -> dict[str, Any]:
    """The arguments by name, as the constructor takes them."""
    signature = inspect.signature(server_class)
    name = next((each for each in STORE_NAMES if _takes(signature, each)), None)
    if name is None:
        raise _unfit(named, signature, "takes no `store`, and the host gives it one")
    given: dict[str, Any] = {name: store}
    if _takes(signature, "attachment_store"):
        given["attachment_store"] = attachment_store
    elif attachment_store is not None:
        raise _unfit(named, signature, "takes no `attachment_store`, and the file has attachments")
    try:
        signature.bind(**given)
    except TypeError as error:
        raise _unfit(named, signature, f"asks for more than the host has ({error})") from None
    return given


def _takes(signature: inspect.Signature, name: str) -> bool:
    """Whether a constructor takes an argument by this name."""
    kinds = {each.name: each.kind for each in signature.parameters.values()}
    by_name = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return kinds.get(name) in by_name or inspect.Parameter.VAR_KEYWORD in kinds.values()


def _unfit(named: str, signature: inspect.Signature, fault: str) -> ConfigError:
    cure = "write def __init__(self, store, attachment_store=None), the rest with defaults"
    shown = str(signature.replace(return_annotation=inspect.Signature.empty))
    return ConfigError(f"{WHERE}: {named}{shown} {fault}; {cure}")
