"""The whole-app checks of `chatkit-host check`."""

from __future__ import annotations

from chatkit_host.checks.check import check, check_file, examine

__all__ = ["check", "check_file", "examine"]
