"""Whether the tables are there and of this version, and what to do when they are not."""

from __future__ import annotations

from threading import Lock
from typing import Literal

from sqlalchemy import Connection, Text, column, inspect, select, table, text

from chatkit_host.errors import ConfigError
from chatkit_host.store.sql.engine import transaction

VERSION_TABLE = "chatkit_host_version"
HEAD = "0004"
"""The newest migration; a test holds it against the folder."""

_CURRENT = select(column("version_num", Text)).select_from(table(VERSION_TABLE))
# Any number that nothing else on the server takes; this spells "chatkit" in bytes.
_ADVISORY_LOCK = int.from_bytes(b"chatkit")

Migrate = Literal["auto", "always", "never"]


class Schema:
    """Called with each new connection; makes sure, once, that the tables are what they must be.

    Args:
        migrate: `auto` brings SQLite up to date and only checks PostgreSQL; `always` brings either
            up to date; `never` only checks.
    """

    def __init__(self, migrate: Migrate) -> None:
        self._migrate = migrate
        self.found: str | None = None
        self._done = False
        self._lock = Lock()

    def __call__(self, connection: Connection) -> None:
        """Bring the tables up to date, or check them; ConfigError where they must not be used."""
        with self._lock:
            if not self._done:
                self._ensure(connection)
                self._done = True

    def _ensure(self, connection: Connection) -> None:
        version = self.found = current(connection)
        if version == HEAD:
            return
        if version is not None and version > HEAD:
            raise ConfigError(
                f"storage: the database is of a newer chatkit-host (its tables are {version}, "
                f"this one knows {HEAD}): upgrade chatkit-host."
            )
        if not self._may_migrate(connection):
            state = "has no tables yet" if version is None else f"has tables of version {version}"
            raise ConfigError(f"storage: the database {state}: run `chatkit-host migrate`.")
        upgrade(connection)

    def _may_migrate(self, connection: Connection) -> bool:
        if self._migrate == "auto":
            return connection.dialect.name == "sqlite"
        return self._migrate == "always"


def current(connection: Connection) -> str | None:
    """The version of the tables; none if there are none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(_CURRENT).scalar()


def upgrade(connection: Connection) -> None:
    """Bring the tables up to date. Others who want the same wait, then find it done."""
    # Importing Alembic takes several times what a start without it does.
    from chatkit_host.store.sql.migrations.run import run_migrations

    with transaction(connection):
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        if current(connection) != HEAD:
            run_migrations(connection)
