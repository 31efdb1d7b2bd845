"""The compiler: a loaded chatkit.yaml in, a running bot out. `compile.py` tells it top-down."""

from __future__ import annotations

from chatkit_host.compiler.app import App
from chatkit_host.compiler.compile import compile_app

__all__ = ["App", "compile_app"]
