"""Where the bytes of files are: a folder, an object store, or memory."""

from __future__ import annotations

from chatkit_host.store.blobs.contract import Blobs
from chatkit_host.store.blobs.local import LocalBlobs
from chatkit_host.store.blobs.memory import MemoryBlobs
from chatkit_host.store.blobs.open import open_blobs

__all__ = ["Blobs", "LocalBlobs", "MemoryBlobs", "open_blobs"]
