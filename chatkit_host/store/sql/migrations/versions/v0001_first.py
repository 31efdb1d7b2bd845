"""Threads, items, attachments and feedback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the first tables."""
    _make_threads()
    _make_items()
    _make_attachments()
    _make_feedback()


def _make_threads() -> None:
    op.create_table(
        "chatkit_threads",
        sa.Column("seq", _NUMBER, sa.Identity(always=True), primary_key=True),
        sa.Column("id", sa.Text, unique=True, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("private", sa.Text),
    )
    op.create_index("chatkit_threads_page", "chatkit_threads", ["owner", "created", "seq"])


def _make_items() -> None:
    op.create_table(
        "chatkit_items",
        sa.Column(
            "thread_id",
            sa.Text,
            sa.ForeignKey("chatkit_threads.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("private", sa.Text),
        sa.UniqueConstraint("thread_id", "id", name="chatkit_items_id"),
    )


def _make_attachments() -> None:
    op.create_table(
        "chatkit_attachments",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("thread_id", sa.Text),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("private", sa.Text),
    )
    op.create_index("chatkit_attachments_thread", "chatkit_attachments", ["thread_id"])


def _make_feedback() -> None:
    op.create_table(
        "chatkit_feedback",
        sa.Column("thread_id", sa.Text, primary_key=True),
        sa.Column("item_id", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id", "item_id"],
            ["chatkit_items.thread_id", "chatkit_items.id"],
            name="chatkit_feedback_item",
            ondelete="CASCADE",
        ),
    )
