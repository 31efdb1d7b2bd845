"""The host's logger. `LOG_LEVEL` in the environment sets its level; handlers are the app's."""

from __future__ import annotations

import logging
import os

_LEVELS = frozenset(logging.getLevelNamesMapping())


def _level_from(text: str | None) -> int:
    """The named level, or NOTSET where none is named: a typing slip must not stop the start."""
    name = (text or "").strip().upper()
    return logging.getLevelNamesMapping()[name] if name in _LEVELS else logging.NOTSET


log_level = os.environ.get("LOG_LEVEL")

logger = logging.getLogger("chatkit_host")
logger.setLevel(_level_from(log_level))
