"""Settings that would let strangers in."""

from __future__ import annotations

import ipaddress

from chatkit_host.checks.app import Checking
from chatkit_host.config import AnonymousAuth, Config, codes

GALLERY_CURE = (
    "the gallery is for development: an address of this machine, anonymous users, and neither "
    "`public_url` nor `allowed_hosts`"
)


def check_safety(checking: Checking) -> None:
    """Beyond this machine, users must have names, or be let in on purpose and counted."""
    _check_gallery(checking)
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


def _check_gallery(checking: Checking) -> None:
    if checking.is_lost("auth"):
        return  # whatever it says, it is not read
    if checking.config.server.gallery and not is_in_development(checking.config):
        message = "the gallery of widgets would be shown to others than developers"
        checking.found.add(codes.UNSAFE, ("server", "gallery"), message, cure=GALLERY_CURE)


def is_in_development(config: Config, host: str | None = None) -> bool:
    """Whether only people at this machine can come, as far as can be told before they do.

    `host` is the address it listens on, if not the file's.
    """
    server = config.server
    return (
        is_loopback(host or server.host)
        and isinstance(config.auth, AnonymousAuth)
        and not server.public_url
        and not server.allowed_hosts
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
