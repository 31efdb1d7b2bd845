"""Where the server may listen."""

from __future__ import annotations

import socket

import pytest

from chatkit_host.config.auth import AnonymousAuth, ApiKeysAuth
from chatkit_host.config.limits import Limits
from chatkit_host.errors import ConfigError
from chatkit_host.web.listening import bind, check_listen, is_loopback

PRIVATE = AnonymousAuth()
PUBLIC = AnonymousAuth.model_validate({"anonymous": {"public": True}})
KEYS = ApiKeysAuth.model_validate({"api_keys": {"ann": "a-key"}})
LIMITED = Limits.model_validate({"messages": "30/minute"})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_may_always_be_listened_on(host: str) -> None:
    assert is_loopback(host)
    check_listen(host, PRIVATE, Limits())


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "bot.example", ""])
def test_beyond_it_nobody_may_be_a_stranger_by_accident(host: str) -> None:
    with pytest.raises(ConfigError) as refused:
        check_listen(host, PRIVATE, Limits())
    assert "public: true" in str(refused.value)
    assert "limits: { messages: 30/minute }" in str(refused.value)


def test_public_wants_limits_as_well() -> None:
    with pytest.raises(ConfigError) as refused:
        check_listen("0.0.0.0", PUBLIC, Limits())
    assert "limits" in str(refused.value)
    assert "public: true" not in str(refused.value)


def test_public_with_files_wants_them_to_be_counted_too() -> None:
    with pytest.raises(ConfigError, match="uploads: 60/hour"):
        check_listen("0.0.0.0", PUBLIC, LIMITED, takes_files=True)
    check_listen("0.0.0.0", KEYS, Limits(), takes_files=True)
    both = Limits.model_validate({"messages": "30/minute", "uploads": "60/hour"})
    check_listen("0.0.0.0", PUBLIC, both, takes_files=True)


def test_limits_alone_are_not_enough() -> None:
    with pytest.raises(ConfigError, match="public: true"):
        check_listen("0.0.0.0", PRIVATE, LIMITED)


def test_named_users_or_public_with_limits_may_come_from_anywhere() -> None:
    check_listen("0.0.0.0", KEYS, Limits())
    check_listen("0.0.0.0", PUBLIC, LIMITED)


def test_a_port_in_use_is_said_in_one_line() -> None:
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError) as refused:
            bind("127.0.0.1", port)
    assert f"Port {port} on 127.0.0.1 is in use" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_who_connects_before_the_server_runs_waits() -> None:
    with bind("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        pass


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(ConfigError, match="is not an address of this machine"):
        bind(host, 0)
