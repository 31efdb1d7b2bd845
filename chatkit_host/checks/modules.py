"""`python:` names a module that `plugins` allows."""

from __future__ import annotations

from chatkit_host.checks.app import Checking
from chatkit_host.config import Path, codes
from chatkit_host.config.problems import nearest


def check_module(checking: Checking, named: str, path: Path) -> None:
    """Notes a module that is not among the plugins."""
    module = named.partition(":")[0]
    plugins = checking.config.plugins
    if checking.is_lost("plugins"):
        return
    if any(module == plugin or module.startswith(f"{plugin}.") for plugin in plugins):
        return
    _, dot, rest = module.partition(".")
    hint = nearest(module, [*plugins, *(f"{plugin}{dot}{rest}" for plugin in plugins)])
    cure = None if hint else f"add it: plugins: [{module.partition('.')[0]}]"
    message = f"the module {module!r} is not among `plugins`"
    checking.found.add(codes.UNKNOWN_NAME, path, message, hint=hint, cure=cure)
