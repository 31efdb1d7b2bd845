"""From the file to what the web has to know."""

from __future__ import annotations

from typing import Any

import pytest

from chatkit_host.config import Config
from chatkit_host.config.values import Rate
from chatkit_host.errors import ConfigError
from chatkit_host.web import web_settings
from chatkit_host.web.auth.anonymous import AnonymousAuth
from chatkit_host.web.auth.api_keys import ApiKeysAuth

KEY = b"k" * 32


def config(**sections: Any) -> Config:
    agents = {"helper": {"instructions": "Be brief.", "model": "openai/gpt-5-mini"}}
    return Config.model_validate({"agents": agents, **sections})


def test_the_smallest_file_is_private_and_anonymous() -> None:
    settings = web_settings(config(), KEY)
    assert isinstance(settings.auth, AnonymousAuth)
    assert settings.is_private
    assert (settings.path, settings.messages, settings.uses_keys) == ("/chatkit", None, False)


def test_what_the_file_says_is_taken() -> None:
    given = config(
        server={
            "path": "/bot/",
            "public_url": "https://bot.example",
            "allowed_hosts": ["inside"],
            "allowed_origins": ["https://friend.example"],
            "max_body": "2KB",
        },
        auth={"api_keys": {"ann": "a-key"}},
        limits={"messages": "30/minute"},
    )
    settings = web_settings(given, KEY, "0.0.0.0")
    assert isinstance(settings.auth, ApiKeysAuth)
    assert settings.uses_keys
    assert not settings.is_private
    assert (settings.path, settings.max_body) == ("/bot", 2000)
    assert settings.allowed_hosts == ("inside",)
    assert settings.allowed_origins == ("https://friend.example",)
    assert settings.messages == Rate(30, 60)


@pytest.mark.parametrize("path", ["/", "//", "/healthz", "/openapi.json", "/assets/x"])
def test_the_hosts_own_paths_are_not_to_be_had(path: str) -> None:
    with pytest.raises(ConfigError, match="taken"):
        web_settings(config(server={"path": path}), KEY)


@pytest.mark.parametrize("path", ["/a b", "/{x:int}", "/a//b", "/ä", "/a?b"])
def test_a_path_is_plain(path: str) -> None:
    with pytest.raises(ConfigError, match="no plain path"):
        web_settings(config(server={"path": path}), KEY)
