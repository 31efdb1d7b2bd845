"""What a place that keeps threads must be able to do, and what one for uploads must."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Generic, Literal, Self

from typing_extensions import TypeVar

from chatkit_host.errors import NotFoundError
from chatkit_host.ids import new_id
from chatkit_host.types import (
    Attachment,
    AttachmentCreateParams,
    ClientToolCallItem,
    FeedbackKind,
    Page,
    ThreadItem,
    ThreadMetadata,
)

__all__ = [
    "AttachmentStore",
    "NotFoundError",
    "Store",
    "StoreItemType",
    "TContext",
    "default_generate_id",
]

TContext = TypeVar("TContext", default=Any)

StoreItemType = Literal[
    "thread",
    "message",
    "tool_call",
    "task",
    "workflow",
    "attachment",
    "sdk_hidden_context",
]

_ID_PREFIXES: dict[StoreItemType, str] = {
    "thread": "thr",
    "message": "msg",
    "tool_call": "tc",
    "task": "tsk",
    "workflow": "wf",
    "attachment": "atc",
    "sdk_hidden_context": "shcx",
}


def default_generate_id(item_type: StoreItemType) -> str:
    """A new id for a thing of this type: time-ordered, 128 bits, behind the type's prefix."""
    return new_id(_ID_PREFIXES[item_type])


class AttachmentStore(ABC, Generic[TContext]):
    """Keeps the bytes of uploads; what is known about them is the `Store`'s.

    The first three methods are the ChatKit SDK's; the others do nothing unless overridden.

    Attributes:
        max_count: the most attachments of one message; none for as many as come.
    """

    max_count: int | None = None

    @abstractmethod
    async def delete_attachment(self, attachment_id: str, context: TContext) -> None:
        """Remove the upload's bytes."""

    async def create_attachment(
        self, input: AttachmentCreateParams, context: TContext
    ) -> Attachment:
        """Make room for an upload that the client announces, and say where it may send it.

        Returns:
            The attachment, with an `upload_descriptor`; the caller saves it in the `Store`.
        """
        raise NotImplementedError(
            f"{type(self).__name__} takes no announced uploads: override create_attachment()."
        )

    def generate_attachment_id(self, mime_type: str, context: TContext) -> str:
        """A new id for an upload of this MIME type."""
        return default_generate_id("attachment")

    def check_sending(self, attachment: Attachment, thread: ThreadMetadata) -> None:
        """Refuse an attachment that may not be sent in the thread, by raising a RequestError."""

    def put_links(self, data: bytes, context: TContext) -> bytes:
        """JSON on its way to a client, with links to files that work in place of what is stored."""
        return data


class Store(ABC, Generic[TContext]):
    """Keeps threads, their items, and what is known about attachments.

    Everything is bound to whoever the context names: what belongs to another is not there, which
    is to say `NotFoundError`. What goes in and comes out are copies: changing a model changes
    nothing that is stored until it is saved. The abstract methods are the ChatKit SDK's; all
    others have a default that works on top of these.

    The stores of this package settle what the SDK leaves open:

    * A thread must be saved before items are added to it.
    * `add_thread_item` and `save_item` both take an item that is there already, which keeps its
      place, and one that is not, which goes to the end.
    * Deleting a thread or an attachment that is not there is `NotFoundError`; deleting an item
      that is not in a thread of yours is quiet, since an item may be taken back before it is ever
      saved.
    * `after` is the id of the last row of the page before; one that is not there is
      `NotFoundError`. `Page.after` is set only where there is more.
    * Items come in the order in which they were added, threads by time of creation.
    """

    def generate_thread_id(self, context: TContext) -> str:
        """A new id for a thread."""
        return default_generate_id("thread")

    def generate_item_id(
        self, item_type: StoreItemType, thread: ThreadMetadata, context: TContext
    ) -> str:
        """A new id for an item of this type in this thread."""
        return default_generate_id(item_type)

    @abstractmethod
    async def load_thread(self, thread_id: str, context: TContext) -> ThreadMetadata:
        """The thread, its metadata included, without items."""

    @abstractmethod
    async def save_thread(self, thread: ThreadMetadata, context: TContext) -> None:
        """Make the thread, or write what has changed in it; its items are left alone."""

    @abstractmethod
    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: TContext
    ) -> Page[ThreadItem]:
        """A page of items, hidden ones included.

        Args:
            thread_id: the thread.
            after: the page begins behind this item; with none, at the thread's end that `order`
                names.
            limit: how many items at most.
            order: `asc` is oldest first, `desc` newest first.
            context: whose thread it must be.
        """

    @abstractmethod
    async def save_attachment(self, attachment: Attachment, context: TContext) -> None:
        """Write what is known about an upload, new or not."""

    @abstractmethod
    async def load_attachment(self, attachment_id: str, context: TContext) -> Attachment:
        """What is known about an upload, its metadata included."""

    @abstractmethod
    async def delete_attachment(self, attachment_id: str, context: TContext) -> None:
        """Forget an upload; its bytes are the `AttachmentStore`'s."""

    @abstractmethod
    async def load_threads(
        self, limit: int, after: str | None, order: str, context: TContext
    ) -> Page[ThreadMetadata]:
        """A page of the context's threads; the arguments are those of `load_thread_items`."""

    @abstractmethod
    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: TContext) -> None:
        """Put an item at the end of the thread."""

    @abstractmethod
    async def save_item(self, thread_id: str, item: ThreadItem, context: TContext) -> None:
        """Write an item where it stands."""

    @abstractmethod
    async def load_item(self, thread_id: str, item_id: str, context: TContext) -> ThreadItem:
        """One item of the thread."""

    @abstractmethod
    async def delete_thread(self, thread_id: str, context: TContext) -> None:
        """Remove the thread and its items. What is known about its attachments stays."""

    @abstractmethod
    async def delete_thread_item(self, thread_id: str, item_id: str, context: TContext) -> None:
        """Remove one item of the thread."""

    async def save_thread_with_items(
        self, thread: ThreadMetadata, items: Sequence[ThreadItem], context: TContext
    ) -> None:
        """Make a new thread and put its first items into it, as one where the store can."""
        await self.save_thread(thread, context)
        await self.add_thread_items(thread.id, items, context)

    async def add_thread_items(
        self, thread_id: str, items: Sequence[ThreadItem], context: TContext
    ) -> None:
        """Put several items at the end of the thread, in their order."""
        for item in items:
            await self.add_thread_item(thread_id, item, context)

    async def delete_items_after(self, thread_id: str, item_id: str, context: TContext) -> None:
        """Remove every item that stands behind this one, which must be there."""
        after: str | None = item_id
        doomed: list[str] = []
        while after is not None:
            page = await self.load_thread_items(thread_id, after, 100, "asc", context)
            doomed += [item.id for item in page.data]
            after = page.after if page.has_more else None
        for doomed_id in doomed:
            await self.delete_thread_item(thread_id, doomed_id, context)

    async def load_client_tool_calls(
        self, thread_id: str, context: TContext
    ) -> list[ClientToolCallItem]:
        """Every client tool call of the thread, however far back, the oldest first."""
        calls: list[ClientToolCallItem] = []
        after: str | None = None
        while True:
            page = await self.load_thread_items(thread_id, after, 100, "asc", context)
            calls += [item for item in page.data if isinstance(item, ClientToolCallItem)]
            after = page.after
            if not page.has_more or after is None:
                return calls

    async def save_feedback(
        self, thread_id: str, item_ids: Sequence[str], kind: FeedbackKind, context: TContext
    ) -> None:
        """Keep a thumbs up or down for items of the thread; by default, nothing is kept."""

    async def load_feedback(self, thread_id: str, context: TContext) -> dict[str, FeedbackKind]:
        """The latest thumb for each item of the thread that has one, by the item's id."""
        return {}

    async def start(self) -> None:
        """Open what the store needs, and check it.

        Raises:
            ConfigError: the settings name a place that cannot serve; says what to do.
        """

    async def ready(self) -> None:
        """Return if the store can answer now.

        Raises:
            UnavailableError: it cannot.
        """

    async def close(self) -> None:
        """Let go of files, threads and connections; what was begun is finished first."""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
