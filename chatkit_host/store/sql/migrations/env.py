"""What Alembic runs to find the database: it is handed the connection to use."""

from __future__ import annotations

from alembic import context

from chatkit_host.store.sql.schema import VERSION_TABLE
from chatkit_host.store.sql.tables import metadata

# The connection's transaction is the caller's, who holds the lock too.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=False,
)
context.run_migrations()
