"""What the web has to know, settled before it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chatkit_host.config import Config
from chatkit_host.config.paths import PLAIN, TAKEN
from chatkit_host.config.request import RequestFact
from chatkit_host.config.ui import Allow
from chatkit_host.config.values import Rate
from chatkit_host.errors import ConfigError
from chatkit_host.web.auth.identity import Auth
from chatkit_host.web.auth.kinds import make_auth
from chatkit_host.web.limits import FEEDBACK, MESSAGE_TYPES
from chatkit_host.web.listening import is_loopback
from chatkit_host.web.page_options import page_options


@dataclass(frozen=True, slots=True)
class ServedFolder:
    """A folder of `server.static`; its pages have the policy of the host's own if it is strict."""

    path: Path
    is_strict: bool = False


@dataclass(frozen=True, slots=True)
class WebSettings:
    """The web's own view of `server`, `auth` and `limits`.

    Args:
        auth: who is asking.
        path: where the ChatKit endpoint is.
        listen_host: the address that the server listens on.
        public_url: how people reach it from outside, if it is known.
        allowed_hosts: further names that a `Host` header may have.
        allowed_origins: pages elsewhere that may talk to us (with a bearer token, never a cookie).
        max_body: bytes of a request body.
        body_timeout: seconds in which a body has to come.
        keep_alive: seconds of silence after which a stream gets a comment.
        messages: how many messages an owner, and an address, may send.
        counted: the operations that count as messages.
        static: folders whose files are served, by the paths they are at.
        request: the headers that templates see, by the names they have there.
        uploads: how many files.
        uses_keys: whether a request has to show an API key.
        options: the options of the host's own page, as the element takes them.
        allow: what that page may load from elsewhere.
    """

    auth: Auth
    path: str = "/chatkit"
    listen_host: str = "127.0.0.1"
    public_url: str | None = None
    allowed_hosts: tuple[str, ...] = ()
    allowed_origins: tuple[str, ...] = ()
    max_body: int = 1_000_000
    body_timeout: float = 60.0
    keep_alive: float = 15.0
    messages: Rate | None = None
    counted: frozenset[str] = MESSAGE_TYPES
    request: Mapping[str, RequestFact] = field(default_factory=dict)
    uploads: Rate | None = None
    static: Mapping[str, ServedFolder] = field(default_factory=dict)
    uses_keys: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    allow: Allow = field(default_factory=Allow)

    @property
    def is_private(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.listen_host)


def checked_path(path: str) -> str:
    """The endpoint's path, without a slash at its end.

    Raises:
        ConfigError: something else is there, or it is no plain path.
    """
    path = path.rstrip("/") or "/"
    if not PLAIN.fullmatch(path):
        raise ConfigError(f"server.path: {path!r} is no plain path; write one like /chatkit.")
    if TAKEN.fullmatch(path):
        raise ConfigError(f"server.path: {path} is taken by the host; write one like /chatkit.")
    return path


def _recording_body(config: Config) -> int:
    """The bytes of a request that holds the largest recording in base64, and what is around it."""
    section = config.transcription
    return 0 if section is None else 4 * -(-section.max_size // 3) + 4096


def web_settings(
    config: Config, key: bytes, listen_host: str | None = None, base_dir: Path | None = None
) -> WebSettings:
    """The settings that a chatkit.yaml asks for.

    Args:
        config: the whole file.
        key: the secret that signs cookies.
        listen_host: the address it listens on, if not the file's.
        base_dir: what the paths in the file are relative to.

    Raises:
        ConfigError: `server.path` cannot be had.
    """
    server = config.server
    return WebSettings(
        auth=make_auth(config.auth, key),
        path=checked_path(server.path),
        listen_host=listen_host or server.host,
        public_url=server.public_url,
        allowed_hosts=server.allowed_hosts,
        allowed_origins=server.allowed_origins,
        max_body=max(server.max_body, _recording_body(config)),
        messages=config.limits.messages,
        counted=MESSAGE_TYPES | ({FEEDBACK} if config.on.feedback else set()),
        request=config.request,
        uploads=config.limits.uploads,
        static={
            path.rstrip("/"): ServedFolder(
                (base_dir or Path()) / each.folder, is_strict=each.policy == "strict"
            )
            for path, each in server.static.items()
        },
        uses_keys=config.auth.kind == "api_keys",
        options=page_options(config),
        allow=config.ui.allow,
    )
