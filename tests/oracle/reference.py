"""openai-chatkit 1.6.5, the reference for names, fields, defaults and JSON.

It calls most of its own widget classes deprecated, which is of no interest here: every test in this
folder imports it from this module and lets its warnings pass.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import warnings
from types import ModuleType

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import chatkit.actions
    import chatkit.errors
    import chatkit.icons
    import chatkit.logger
    import chatkit.server
    import chatkit.types
    import chatkit.widgets

MODULES = {
    "types": chatkit.types,
    "widgets": chatkit.widgets,
    "actions": chatkit.actions,
    "errors": chatkit.errors,
    "icons": chatkit.icons,
    "logger": chatkit.logger,
}

REFERENCE_SERVER: ModuleType = chatkit.server

lets_its_warnings_pass = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def ours(module: str) -> ModuleType:
    """Our module of the same name."""
    return importlib.import_module(f"chatkit_host.{module}")


def defined_names(module: ModuleType) -> list[str]:
    """The public names that a module itself defines; those that it only imports do not count."""
    names: list[str] = []
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.append(node.target.id)
    return [name for name in names if not name.startswith("_")]
