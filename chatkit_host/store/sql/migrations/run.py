"""Runs Alembic on a connection that is in a transaction already."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def run_migrations(connection: Connection) -> None:
    """Bring the connection's database to the newest version; the caller commits."""
    config = make_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def make_config() -> Config:
    """Alembic's settings, without a file of them."""
    config = Config()
    # A percent sign would be taken for interpolation.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
