"""Settings: flag, then CHATKIT_* in the environment, then .env, then (elsewhere) the YAML."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from chatkit_host.errors import ConfigError

ENV_FILE = ".env"
PREFIX = "CHATKIT_"


class Settings(BaseSettings):
    """What a flag, the environment or .env says; None where only the YAML may."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    config: Path = Path("chatkit.yaml")
    host: str | None = None
    port: int | None = Field(None, ge=0, le=65535)
    storage: SecretStr | None = None
    secret_key: SecretStr | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    workers: int = Field(1, ge=1)
    grace: float = Field(20.0, ge=0)
    gallery: bool | None = None

    @property
    def environ(self) -> Mapping[str, str]:
        """What `${…}` in the YAML sees: .env, and above it the environment."""
        from_file = {key: value or "" for key, value in dotenv_values(ENV_FILE).items()}
        return {**from_file, **os.environ}


def read_settings(**flags: Any) -> Settings:
    """The settings; a flag that is None was not given.

    Raises:
        ConfigError: one of them is wrong; the message names the variables.
    """
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        raise ConfigError("\n".join(_complaints(error))) from None


def _complaints(error: ValidationError) -> list[str]:
    return [f"{PREFIX}{str(part['loc'][0]).upper()}: {part['msg']}" for part in error.errors()]
