"""Where the server may listen, and taking the place."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket

from chatkit_host.config.auth import AnonymousAuth, ApiKeysAuth
from chatkit_host.config.limits import Limits
from chatkit_host.errors import ConfigError

BACKLOG = 2048


def is_loopback(host: str) -> bool:
    """Whether this address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_listen(
    host: str, auth: AnonymousAuth | ApiKeysAuth, limits: Limits, *, takes_files: bool = False
) -> None:
    """Refuse to stand open to a network without anybody having said so.

    Args:
        host: the address.
        auth: who may come in.
        limits: how often.
        takes_files: whether users may hand files in.

    Raises:
        ConfigError: it says what to add to chatkit.yaml.
    """
    if is_loopback(host) or not isinstance(auth, AnonymousAuth):
        return
    missing = []
    if not auth.anonymous.public:
        missing.append("auth: { anonymous: { public: true } }")
    if limits.messages is None:
        missing.append("limits: { messages: 30/minute }")
    if takes_files and limits.uploads is None:
        missing.append("limits: { uploads: 60/hour }")
    if missing:
        raise ConfigError(
            f"Listening on {host} lets other machines in, and anybody there could use this bot. "
            "Name its users with `auth: { api_keys: … }`, or, if it is meant for all, "
            f"add to chatkit.yaml: {' and '.join(missing)}."
        )


def bind(host: str, port: int) -> socket.socket:
    """A socket that already listens: connections wait in it until the server takes them.

    Raises:
        ConfigError: it cannot be had; the message says why, and what to do.
    """
    family, address = _resolve(host, port)
    taken = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere this would let two servers share a port
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen(BACKLOG)
    except OSError as error:
        taken.close()
        raise ConfigError(_why_not(error, host, port)) from error
    taken.setblocking(False)
    return taken


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, tuple[str, int]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise ConfigError(f"{host} is not an address of this machine: {error.strerror}.") from error
    family, _, _, _, address = found[0]
    return family, (str(address[0]), int(address[1]))


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is in use. "
            f"Stop the program that has it, or take another: --port {port + 1}."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} may only be taken by the system; take one above 1023: --port 8000."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine; use --host 127.0.0.1 for this machine."
    return f"Cannot listen on {host}, port {port}: {os.strerror(error.errno or 0)}."
