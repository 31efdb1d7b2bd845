"""`python:` → the function of a plugin that it names."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from chatkit_host.errors import ConfigError


def load_function(named: str, where: str) -> Callable[..., Any]:
    """The function `module:name`.

    Args:
        named: what the file says.
        where: the key that says it, for the error.

    Raises:
        ConfigError: the module cannot be imported, or has no such function.
    """
    module_name, _, attribute = named.partition(":")
    try:
        found: Any = importlib.import_module(module_name)
        for part in attribute.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise ConfigError(f"{where}: {named} cannot be loaded: {error}") from error
    if not callable(found):
        raise ConfigError(f"{where}: {named} is not a function")
    function: Callable[..., Any] = found
    return function
