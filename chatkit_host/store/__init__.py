"""Where threads, their items and what is known about attachments are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chatkit_host.store.attachment_index import AttachmentIndex
from chatkit_host.store.contract import (
    AttachmentStore,
    NotFoundError,
    Store,
    StoreItemType,
    TContext,
    default_generate_id,
)
from chatkit_host.store.memory import MemoryStore
from chatkit_host.store.open import open_store
from chatkit_host.store.owner import OwnerOf, owner_of
from chatkit_host.store.wire import WirePages

if TYPE_CHECKING:
    from chatkit_host.store.sql.store import SqlStore

__all__ = [
    "AttachmentIndex",
    "AttachmentStore",
    "MemoryStore",
    "NotFoundError",
    "OwnerOf",
    "SqlStore",
    "Store",
    "StoreItemType",
    "TContext",
    "WirePages",
    "default_generate_id",
    "open_store",
    "owner_of",
]


def __getattr__(name: str) -> Any:
    # Importing SQLAlchemy takes longer than all the rest of this room: only those who need it wait.
    if name == "SqlStore":
        from chatkit_host.store.sql.store import SqlStore

        return SqlStore
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
