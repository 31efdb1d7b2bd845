"""The Litestar app: the ChatKit endpoint, auth, health, and a page that says what runs here.

Lazy, so that `listening` can take the port before the framework is imported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chatkit_host.web.app import create_app
    from chatkit_host.web.host import Backend, Host
    from chatkit_host.web.settings import WebSettings, web_settings

__all__ = ["Backend", "Host", "WebSettings", "create_app", "web_settings"]

_HOMES = {
    "create_app": "app",
    "Backend": "host",
    "Host": "host",
    "WebSettings": "settings",
    "web_settings": "settings",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
