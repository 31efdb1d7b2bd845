"""Who has a thread to itself, and who waits for it or for what is shared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("chatkit_threads", sa.Column("holder", sa.Text, nullable=True))
    op.add_column("chatkit_threads", sa.Column("held_until", sa.BigInteger, nullable=True))
    op.add_column("chatkit_threads", sa.Column("wanted_until", sa.BigInteger, nullable=True))
    op.add_column("chatkit_holds", sa.Column("wanted_until", sa.BigInteger, nullable=True))
