"""Modules that a test's bot brings along, and that must not outlive the test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def forget_plugins(*names: str) -> Iterator[None]:
    """Leave `sys.path` and `sys.modules` as they were."""
    path = list(sys.path)
    try:
        yield
    finally:
        sys.path[:] = path
        for name in names:
            sys.modules.pop(name, None)
