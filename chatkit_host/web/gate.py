"""The first question: is this request meant for us? (DNS rebinding)"""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from urllib.parse import urlsplit

from litestar.types import ASGIApp, Receive, Scope, Send

from chatkit_host.web.errors import MisdirectedError
from chatkit_host.web.headers import header
from chatkit_host.web.settings import WebSettings


class HostGate:
    """Lets a request pass whose `Host` is an address, `localhost` or a name that was configured.

    A page that makes its own name point at this machine comes with that name. An address cannot
    be made to point elsewhere, so it tells nothing, and health checks use it.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self.app = app
        self._names = names
        self._known = lru_cache(maxsize=256)(self._is_ours)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, or refuse."""
        host = header(scope, b"host")
        if host is not None and not self._known(host):
            raise MisdirectedError(
                "This server does not go by the name in the Host header. "
                "Add the name to server.allowed_hosts, or set server.public_url."
            )
        await self.app(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = host_name(host)
        return name is not None and (name in self._names or is_address(name))


def known_names(settings: WebSettings) -> frozenset[str]:
    """Every name that a `Host` header may have."""
    names = {"localhost", settings.listen_host.lower()}
    names.update(name.lower() for name in settings.allowed_hosts)
    if settings.public_url:
        names.add(host_name(urlsplit(settings.public_url).netloc) or "localhost")
    return frozenset(names)


def host_name(netloc: str) -> str | None:
    """The name in `name:port`, in lower case, without a final dot; None if it is none."""
    try:
        name = urlsplit(f"//{netloc}").hostname
    except ValueError:
        return None
    return name.rstrip(".") if name and "@" not in netloc else None


def is_address(name: str) -> bool:
    """Whether this is an IP address."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
