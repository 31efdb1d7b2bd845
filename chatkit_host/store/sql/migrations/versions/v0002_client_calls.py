"""An index of the client tool calls, which each message asks for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ONLY_CALLS = sa.text("type = 'client_tool_call'")


def upgrade() -> None:
    """Make the index."""
    op.create_index(
        "chatkit_items_client_calls",
        "chatkit_items",
        ["thread_id", "seq"],
        sqlite_where=_ONLY_CALLS,
        postgresql_where=_ONLY_CALLS,
    )
