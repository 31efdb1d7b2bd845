"""The tables. They have a registry of their own, so that your `SQLModel.metadata` stays yours.

What changes here needs a migration beside it; a test holds the two against each other.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

# Only INTEGER is SQLite's own row number; elsewhere four bytes would run out.
_Number = BigInteger().with_variant(Integer(), "sqlite")


class StoreTable(SQLModel, registry=registry(metadata=MetaData())):
    """The base of the store's tables, with their registry."""


class ThreadRow(StoreTable, table=True):
    """A thread: moments in microseconds since 1970; `body` and `private` as in `records`.

    One list of steps at a time is its `holder`; `wanted_until` tells that others wait.
    """

    __tablename__ = "chatkit_threads"
    __table_args__ = (Index("chatkit_threads_page", "owner", "created", "seq"),)

    seq: int = Field(sa_column=Column(_Number, Identity(always=True), primary_key=True))
    id: str = Field(sa_column=Column(Text, unique=True, nullable=False))
    owner: str = Field(sa_type=Text)
    created: int = Field(sa_type=BigInteger)
    body: str = Field(sa_type=Text)
    private: str | None = Field(default=None, sa_type=Text)
    holder: str | None = Field(default=None, sa_type=Text)
    held_until: int | None = Field(default=None, sa_type=BigInteger)
    wanted_until: int | None = Field(default=None, sa_type=BigInteger)


class ItemRow(StoreTable, table=True):
    """An item; `seq` counts within its thread and is what pages go by."""

    __tablename__ = "chatkit_items"
    __table_args__ = (
        UniqueConstraint("thread_id", "id", name="chatkit_items_id"),
        # Each message asks whether calls of the page still wait; most threads have none.
        Index(
            "chatkit_items_client_calls",
            "thread_id",
            "seq",
            sqlite_where=text("type = 'client_tool_call'"),
            postgresql_where=text("type = 'client_tool_call'"),
        ),
    )

    thread_id: str = Field(
        sa_column=Column(
            Text, ForeignKey("chatkit_threads.id", ondelete="CASCADE"), primary_key=True
        )
    )
    seq: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    id: str = Field(sa_type=Text)
    owner: str = Field(sa_type=Text)
    type: str = Field(sa_type=Text)
    hidden: bool
    created: int = Field(sa_type=BigInteger)
    body: str = Field(sa_type=Text)
    private: str | None = Field(default=None, sa_type=Text)


class AttachmentRow(StoreTable, table=True):
    """What is known about an upload. It may outlive its thread, and come before it."""

    __tablename__ = "chatkit_attachments"
    __table_args__ = (Index("chatkit_attachments_thread", "thread_id"),)

    id: str = Field(sa_column=Column(Text, primary_key=True))
    owner: str = Field(sa_type=Text)
    thread_id: str | None = Field(default=None, sa_type=Text)
    body: str = Field(sa_type=Text)
    private: str | None = Field(default=None, sa_type=Text)


class FeedbackRow(StoreTable, table=True):
    """The latest thumb, up or down, for an item."""

    __tablename__ = "chatkit_feedback"
    __table_args__ = (
        ForeignKeyConstraint(
            ["thread_id", "item_id"],
            ["chatkit_items.thread_id", "chatkit_items.id"],
            name="chatkit_feedback_item",
            ondelete="CASCADE",
        ),
    )

    thread_id: str = Field(sa_column=Column(Text, primary_key=True))
    item_id: str = Field(sa_column=Column(Text, primary_key=True))
    owner: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    created: int = Field(sa_type=BigInteger)


class SharedRow(StoreTable, table=True):
    """A value that threads share; the owner is empty for what is everybody's."""

    __tablename__ = "chatkit_shared"

    owner: str = Field(sa_column=Column(Text, primary_key=True))
    name: str = Field(sa_column=Column(Text, primary_key=True))
    body: str = Field(sa_type=Text)


class HoldRow(StoreTable, table=True):
    """Who may write an owner's shared values, until when (in microseconds), and if others wait."""

    __tablename__ = "chatkit_holds"

    owner: str = Field(sa_column=Column(Text, primary_key=True))
    holder: str = Field(sa_type=Text)
    until: int = Field(sa_type=BigInteger)
    wanted_until: int | None = Field(default=None, sa_type=BigInteger)


metadata = StoreTable.metadata
THREADS = metadata.tables["chatkit_threads"]
ITEMS = metadata.tables["chatkit_items"]
ATTACHMENTS = metadata.tables["chatkit_attachments"]
FEEDBACK = metadata.tables["chatkit_feedback"]
SHARED = metadata.tables["chatkit_shared"]
HOLDS = metadata.tables["chatkit_holds"]
