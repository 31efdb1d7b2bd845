"""The command line: one file a command, each a plain function."""

from __future__ import annotations

from chatkit_host.cli.entry import main

__all__ = ["main"]
