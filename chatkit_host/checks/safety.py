"""Settings that would let strangers in."""

from __future__ import annotations

import ipaddress

from chatkit_host.checks.app import Checking
from chatkit_host.config import AnonymousAuth, codes


def check_safety(checking: Checking) -> None:
    """Beyond this machine, users must have names, or be let in on purpose and counted."""
    config = checking.config
    if is_loopback(config.server.host) or not isinstance(config.auth, AnonymousAuth):
        return
    if checking.is_lost("auth") or checking.is_lost("limits"):
        return  # whatever it says, it is not read
    if config.auth.anonymous.public and config.limits.messages:
        _check_uploads(checking)
        return
    message = f"{config.server.host} listens beyond this machine, and anyone could talk to it"
    cure = "name the users (`auth: { api_keys: … }`), or allow it: "
    allowed = "`auth: { anonymous: { public: true } }` together with `limits: { messages: … }`"
    checking.found.add(codes.UNSAFE, ("server", "host"), message, cure=cure + allowed)


def _check_uploads(checking: Checking) -> None:
    config = checking.config
    if config.attachments is None or config.limits.uploads:
        return
    message = (
        f"{config.server.host} listens beyond this machine, and anyone could fill it with files"
    )
    cure = "add `limits: { uploads: 60/hour }`"
    checking.found.add(codes.UNSAFE, ("server", "host"), message, cure=cure)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
