"""Attachments as the host keeps them."""

from __future__ import annotations

from chatkit_host.store.uploads.hosted import HostedAttachmentStore, Opened, is_received, size_of
from chatkit_host.store.uploads.links import Links, id_in
from chatkit_host.store.uploads.rules import UploadRules
from chatkit_host.store.uploads.spool import Spool
from chatkit_host.store.uploads.sweep import Sweep

__all__ = [
    "HostedAttachmentStore",
    "Links",
    "Opened",
    "Spool",
    "Sweep",
    "UploadRules",
    "id_in",
    "is_received",
    "size_of",
]
