"""`transcription:` → what hears."""

from __future__ import annotations

from chatkit_host.agents import Transcriber, TranscriptionSpec
from chatkit_host.config.models import ProviderModel, split_model_name
from chatkit_host.config.root import Config
from chatkit_host.config.transcription import Transcription


def compile_transcription(settings: Config) -> Transcriber | None:
    """The transcriber of the file, if it has one; nothing is connected to yet."""
    section = settings.transcription
    if section is None:
        return None
    model = _model(settings, section)
    api_key = section.api_key or model.api_key
    return Transcriber(
        TranscriptionSpec(
            model=model.model,
            base_url=section.base_url or model.base_url,
            api_key=None if api_key is None else api_key.get_secret_value(),
            language=section.language,
            prompt=section.prompt,
            max_size=section.max_size,
            timeout=section.timeout,
        )
    )


def _model(settings: Config, section: Transcription) -> ProviderModel:
    named = settings.models.get(section.model)
    if isinstance(named, ProviderModel):
        return named
    return ProviderModel.model_validate(split_model_name(section.model))
