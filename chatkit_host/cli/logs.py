"""What the server says, and how loudly."""

from __future__ import annotations

import logging
import re

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
# These speak of what is theirs: each line about a connection, each request to a model.
CHATTY = ("uvicorn.error", "uvicorn.access", "httpx", "httpcore", "openai", "alembic")


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class Unforgeable(logging.Formatter):
    """Writes records so that nothing in them looks like another one, or speaks to a terminal.

    What users and models say may get into messages, and into the errors of tracebacks.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record; all lines but its first are indented."""
        text = super().format(record).replace("\n", "\n    ")
        return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def set_up_logs(level: str) -> None:
    """Log to the standard error; other people's libraries only from warnings on, or to debug."""
    handler = logging.StreamHandler()
    handler.setFormatter(Unforgeable(FORMAT))
    logging.basicConfig(level=level.upper(), handlers=[handler])
    if level != "debug":
        for name in CHATTY:
            logging.getLogger(name).setLevel(logging.WARNING)
