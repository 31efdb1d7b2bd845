"""What the host asks about attachments beyond the contract: whose they are, where, and how old."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Generic

from chatkit_host.store.contract import TContext
from chatkit_host.types import Attachment


class AttachmentIndex(ABC, Generic[TContext]):
    """A store that knows attachments across owners. Both stores of this package do.

    What it says is for the host alone: an answer to a client goes by what the client may see.
    """

    @abstractmethod
    async def find_attachment(self, attachment_id: str) -> tuple[str, Attachment] | None:
        """An attachment and its owner, whoever asks; none if there is no such one."""

    @abstractmethod
    async def thread_attachments(self, thread_id: str, context: TContext) -> Sequence[str]:
        """The ids of the context's attachments that belong to a thread, which may be gone."""

    @abstractmethod
    async def stray_attachments(self, before: datetime, limit: int) -> Sequence[tuple[str, str]]:
        """Owners and ids of attachments that belong to no thread that is there.

        Only those with an id of the host's own, which tells when it was made: before `before`.
        """
