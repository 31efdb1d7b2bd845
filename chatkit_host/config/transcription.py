"""`transcription`: what turns dictated speech into text."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field, SecretStr, field_validator

from chatkit_host.config.kinds import problem
from chatkit_host.config.models import split_model_name
from chatkit_host.config.names import ModelName
from chatkit_host.config.section import Section
from chatkit_host.config.values import Duration, Size, Url


class Transcription(Section):
    """A model that hears; `openai/gpt-4o-transcribe` for short."""

    short: ClassVar[str | None] = "model"

    model: ModelName = Field(min_length=1, description="A name from `models`, or provider/model.")
    base_url: Url | None = Field(
        None, description="Any server that has OpenAI's /audio/transcriptions; else the model's."
    )
    api_key: SecretStr | None = Field(None, description="Else the model's, or the provider's own.")
    language: str | None = Field(
        None, pattern="^[a-z]{2,3}$", description="What is spoken, as ISO 639: de. Else it listens."
    )
    prompt: str | None = Field(None, description="Names and words that are likely to be heard.")
    max_size: Size = Field(10**7, gt=0, description="The largest recording: 10MB.")
    timeout: Duration = Field(60.0, gt=0, description="The longest wait for the text: 60s.")

    @field_validator("model")
    @classmethod
    def _provider(cls, model: str) -> str:
        if "/" in model and split_model_name(model)["provider"] != "openai":
            message = f"{model!r}: dictation speaks OpenAI's API alone"
            raise problem("provider", message, cure="write openai/… and, if elsewhere, a base_url")
        return model
