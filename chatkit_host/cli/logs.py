"""What the server says, and how loudly."""

from __future__ import annotations

import logging

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
# These speak of what is theirs: each line about a connection, each request to a model.
CHATTY = ("uvicorn.error", "uvicorn.access", "httpx", "httpcore", "openai", "alembic")


def set_up_logs(level: str) -> None:
    """Log to the standard error; other people's libraries only from warnings on, or to debug."""
    logging.basicConfig(level=level.upper(), format=FORMAT)
    if level != "debug":
        for name in CHATTY:
            logging.getLogger(name).setLevel(logging.WARNING)
