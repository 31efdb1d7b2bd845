"""`plugins:` → modules of the bot's own, and the server class that one of them may hold."""

from __future__ import annotations

import importlib
import inspect
import sys
import traceback
from pathlib import Path
from typing import Any

from chatkit_host.config.root import Config
from chatkit_host.errors import ConfigError
from chatkit_host.server import ChatKitServer

WHERE = "server.python"


def open_plugins(config: Config, base_dir: Path) -> None:
    """Let the bot's own folder be imported from, if the file names plugins."""
    if config.plugins and str(base_dir) not in sys.path:
        # Appended: a file of the bot that is named `agents.py` cannot take a package's place.
        sys.path.append(str(base_dir))


def load_server_class(named: str) -> type[ChatKitServer[Any]]:
    """The class `module:Name`.

    Raises:
        ConfigError: it cannot be imported, or is no class that can answer.
    """
    module_name, _, attribute = named.partition(":")
    try:
        found: Any = importlib.import_module(module_name)
        for part in attribute.split("."):
            found = getattr(found, part)
    except Exception as error:
        raise ConfigError(f"{WHERE}: {named} cannot be loaded: {_told(error)}") from error
    fault = _fault(found)
    if fault:
        raise ConfigError(f"{WHERE}: {named} {fault}")
    server_class: type[ChatKitServer[Any]] = found
    return server_class


def _told(error: Exception) -> str:
    """What happened, and where in the author's code, if it happened there."""
    text = f"{type(error).__name__}: {error}"
    if isinstance(error, ImportError | AttributeError | SyntaxError):
        return text
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{text} ({place.filename}, line {place.lineno})"


def _fault(found: Any) -> str | None:
    if isinstance(found, ChatKitServer):
        return "is a server, and not a class: the host makes it, with the store that it gives"
    if not inspect.isclass(found):
        return "is no class"
    if not issubclass(found, ChatKitServer):
        if any(base.__module__ == "chatkit.server" for base in found.__mro__):
            return "is made for openai-chatkit: write chatkit_host for chatkit in its imports"
        return "is no subclass of chatkit_host.server.ChatKitServer"
    if inspect.isabstract(found):
        missing = ", ".join(f"{name}()" for name in sorted(found.__abstractmethods__))
        return f"does not define {missing}"
    return None
