"""The host's own attachment store: announced, received, checked, kept, shown, deleted."""

from __future__ import annotations

from asyncio import Semaphore, to_thread
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import AnyUrl

from chatkit_host.context import RequestContext
from chatkit_host.errors import (
    ConflictError,
    ForbiddenError,
    InvalidRequestError,
    NotFoundError,
)
from chatkit_host.store.attachment_index import AttachmentIndex
from chatkit_host.store.blobs import Blobs
from chatkit_host.store.blobs.contract import one_chunk
from chatkit_host.store.contract import AttachmentStore, Store
from chatkit_host.store.missing import no_attachment
from chatkit_host.store.uploads.content import OCTETS, settle
from chatkit_host.store.uploads.links import ID, Links, Purpose, stored_preview
from chatkit_host.store.uploads.pictures import SHOWN, smaller
from chatkit_host.store.uploads.rules import UploadRules, claimed_type, clean_name
from chatkit_host.store.uploads.spool import Spool
from chatkit_host.types import (
    Attachment,
    AttachmentCreateParams,
    AttachmentUploadDescriptor,
    FileAttachment,
    ImageAttachment,
    ThreadMetadata,
)

FACTS = "host"
"""Where an attachment's metadata, which never leaves the server, has what the host knows of it."""

PREVIEW_LONGEST = 1024
MADE_LONGEST = 4096
"""What the host's own models draw is shown as it is, within reason."""

AT_ONCE = 2
"""Pictures that are decoded at a time: each takes four bytes a pixel."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An attachment's bytes, on their way out."""

    attachment: Attachment
    chunks: AsyncGenerator[bytes, None]


class HostedAttachmentStore(AttachmentStore[RequestContext]):
    """Keeps the bytes of uploads, and hands them only to their owner.

    Args:
        store: where it is written what is known of them; it must be an `AttachmentIndex` too.
        blobs: where the bytes are.
        rules: what is taken.
        links: makes what leads to them.
    """

    def __init__(
        self, store: Store[Any], blobs: Blobs, *, rules: UploadRules, links: Links
    ) -> None:
        if not isinstance(store, AttachmentIndex):
            raise TypeError(f"{type(store).__name__} is no AttachmentIndex, and uploads need one.")
        self._store = store
        self._index: AttachmentIndex[Any] = store
        self._blobs = blobs
        self._links = links
        self._decoding = Semaphore(AT_ONCE)
        self._receiving: set[str] = set()
        self.rules = rules
        self.max_count = rules.max_count

    async def start(self) -> None:
        """Open the place for bytes; raises ConfigError where it cannot be used."""
        await self._blobs.start()

    async def close(self) -> None:
        """Let go of it."""
        await self._blobs.close()

    # What the protocol asks for.

    async def create_attachment(
        self, input: AttachmentCreateParams, context: RequestContext
    ) -> Attachment:
        self.rules.check_size(input.size)
        name = clean_name(input.name)
        mime_type = claimed_type(input.mime_type, name)
        if mime_type != OCTETS:  # else its bytes will tell
            self.rules.check_type(mime_type)
        attachment = self._announced(name, mime_type, context)
        url = AnyUrl(self._links.upload(attachment.id, context))
        attachment.upload_descriptor = AttachmentUploadDescriptor(
            url=url, method="POST", headers={}
        )
        return attachment

    async def delete_attachment(self, attachment_id: str, context: RequestContext) -> None:
        attachment = await self._store.load_attachment(attachment_id, context)
        await self._forget(attachment.id)

    def check_sending(self, attachment: Attachment, thread: ThreadMetadata) -> None:
        if not is_received(attachment):
            raise InvalidRequestError(
                f"params.input.attachments: {attachment.id} ({attachment.name}) was announced, "
                "and its bytes never came; upload them first"
            )
        if attachment.thread_id not in (None, thread.id):
            raise InvalidRequestError(
                f"params.input.attachments: {attachment.id} ({attachment.name}) was sent in "
                "another thread; upload it again"
            )

    def put_links(self, data: bytes, context: RequestContext) -> bytes:
        return self._links.put_in(data, context)

    # What comes in.

    async def receive(
        self, name: str, claimed: str | None, spool: Spool, context: RequestContext
    ) -> Attachment:
        """A file that came without having been announced (`uploadStrategy: direct`)."""
        self.rules.check_size(spool.size)
        name = clean_name(name)
        attachment = self._announced(name, claimed_type(claimed, name), context)
        await self._store.save_attachment(attachment, context)
        try:
            return await self.fill(attachment.id, spool, context)
        except BaseException:
            await self._store.delete_attachment(attachment.id, context)
            raise

    async def fill(self, attachment_id: str, spool: Spool, context: RequestContext) -> Attachment:
        """The bytes of an announced attachment.

        Raises:
            ConflictError: they are there already, or just coming.
            InvalidRequestError: they are not what they were announced as, or not taken.
        """
        if attachment_id in self._receiving:
            raise ConflictError("The bytes of this attachment are coming already.")
        self._receiving.add(attachment_id)
        try:
            return await self._fill(attachment_id, spool, context)
        finally:
            self._receiving.discard(attachment_id)

    async def _fill(self, attachment_id: str, spool: Spool, context: RequestContext) -> Attachment:
        attachment = await self.expected(attachment_id, context)
        self.rules.check_size(spool.size)
        mime_type = await to_thread(settle, await spool.rewound(), attachment.mime_type)
        self.rules.check_type(mime_type)
        if isinstance(attachment, ImageAttachment) and mime_type not in SHOWN:
            raise InvalidRequestError(f"The file is {mime_type}, which cannot be shown.")
        preview = await self._preview(spool, mime_type, PREVIEW_LONGEST)
        try:
            await self._save(attachment_id, spool.chunks(), preview)
            filled = _filled(attachment, mime_type, spool.size)
            await self._store.load_attachment(attachment_id, context)  # or it is deleted meanwhile
            await self._store.save_attachment(filled, context)
        except BaseException:
            await self._forget(attachment_id)
            raise
        return filled

    async def expected(self, attachment_id: str, context: RequestContext) -> Attachment:
        """An announced attachment whose bytes have not come yet."""
        attachment = await self._store.load_attachment(attachment_id, context)
        if is_received(attachment):
            raise ConflictError("The bytes of this attachment are here already.")
        return attachment

    async def keep(
        self,
        *,
        name: str,
        mime_type: str,
        data: bytes,
        thread: ThreadMetadata | None,
        context: RequestContext,
    ) -> Attachment:
        """Keep bytes that the host itself has made, such as a generated picture.

        A picture's `preview_url` shows all of it, and may be stored and sent anywhere that a
        client's JSON goes: it becomes a link that works on its way out. The attachment goes with
        its thread.

        Args:
            name: what people read.
            mime_type: what it is believed to be; the bytes have the last word.
            data: the bytes.
            thread: where it belongs; without one it is swept when it is in no message in time.
            context: whose it is.
        """
        with Spool(len(data)) as spool:
            await spool.write(data)
            kind = await to_thread(settle, await spool.rewound(), claimed_type(mime_type, name))
            attachment = self._announced(clean_name(name), kind, context)
            attachment.thread_id = None if thread is None else thread.id
            preview = await self._preview(spool, kind, MADE_LONGEST)
        # Known before it is kept: what a crash leaves behind can be found and deleted.
        await self._store.save_attachment(attachment, context)
        await self._save(attachment.id, one_chunk(data), preview)
        kept = _filled(attachment, kind, len(data))
        await self._store.save_attachment(kept, context)
        return kept

    # What goes out.

    async def load(self, attachment_id: str, context: RequestContext) -> bytes:
        """All bytes of an attachment of the context's own."""
        await self._store.load_attachment(attachment_id, context)
        return await self._blobs.load_all(attachment_id)

    async def open(self, attachment_id: str, context: RequestContext, *, preview: bool) -> Opened:
        """The bytes, or those of the preview, of an attachment of the context's own."""
        attachment = await self._store.load_attachment(attachment_id, context)
        if not is_received(attachment):
            raise no_attachment(attachment_id)
        if preview and not isinstance(attachment, ImageAttachment):
            raise NotFoundError(f"{attachment_id} is no picture, and has no preview.")
        key = preview_key(attachment_id) if preview else attachment_id
        return Opened(attachment, await self._blobs.load(key))

    async def check_owner(self, attachment_id: str, context: RequestContext) -> None:
        """NotFoundError unless the attachment is the context's own."""
        await self._store.load_attachment(attachment_id, context)

    async def owner_by_link(
        self, purpose: Purpose, attachment_id: str, query: Mapping[str, str]
    ) -> str | None:
        """Whose attachment a signed link opens; none if it is no link of ours.

        Raises:
            ForbiddenError: it was one, and has expired.
        """
        found = await self._index.find_attachment(attachment_id) if _is_id(attachment_id) else None
        if found is None:
            return None
        verdict = self._links.judge(purpose, attachment_id, found[0], query)
        if verdict == "expired":
            raise ForbiddenError("This link has expired. Load the chat again for a new one.")
        return found[0] if verdict == "good" else None

    # What goes away.

    async def delete_stray(self, owner: str, attachment_id: str) -> None:
        """Bytes and all that is known of an attachment which no thread has."""
        context = RequestContext(owner, {"id": owner})
        await self._forget(attachment_id)
        await self._store.delete_attachment(attachment_id, context)

    async def _forget(self, attachment_id: str) -> None:
        await self._blobs.delete(preview_key(attachment_id))
        await self._blobs.delete(attachment_id)

    # How it is done.

    def _announced(self, name: str, mime_type: str, context: RequestContext) -> Attachment:
        attachment_id = self.generate_attachment_id(mime_type, context)
        facts = {FACTS: {"received": False}}
        if mime_type in SHOWN:
            url = AnyUrl(stored_preview(attachment_id))
            return ImageAttachment(
                id=attachment_id, name=name, mime_type=mime_type, preview_url=url, metadata=facts
            )
        return FileAttachment(id=attachment_id, name=name, mime_type=mime_type, metadata=facts)

    async def _preview(self, spool: Spool, mime_type: str, longest: int) -> bytes | None:
        if mime_type not in SHOWN:
            return None
        file = await spool.rewound()
        async with self._decoding:
            return await to_thread(
                smaller, file, mime_type, longest=longest, max_pixels=self.rules.max_pixels
            )

    async def _save(
        self, attachment_id: str, chunks: AsyncGenerator[bytes, None], preview: bytes | None
    ) -> None:
        if preview is not None:
            await self._blobs.save(preview_key(attachment_id), one_chunk(preview))
        await self._blobs.save(attachment_id, chunks)


def is_received(attachment: Attachment) -> bool:
    """Whether the bytes of an attachment are here."""
    return bool(_facts(attachment).get("received"))


def size_of(attachment: Attachment) -> int:
    """How many bytes it has."""
    return int(_facts(attachment).get("size", 0))


def preview_key(attachment_id: str) -> str:
    """The key of a preview's bytes."""
    return f"{attachment_id}.preview"


def _facts(attachment: Attachment) -> dict[str, Any]:
    facts: dict[str, Any] = (attachment.metadata or {}).get(FACTS, {})
    return facts


def _filled(attachment: Attachment, mime_type: str, size: int) -> Attachment:
    facts = {**(attachment.metadata or {}), FACTS: {"received": True, "size": size}}
    values = {
        "id": attachment.id,
        "name": attachment.name,
        "mime_type": mime_type,
        "thread_id": attachment.thread_id,
        "metadata": facts,
    }
    if mime_type in SHOWN:
        return ImageAttachment(**values, preview_url=AnyUrl(stored_preview(attachment.id)))
    return FileAttachment(**values)


def _is_id(text: str) -> bool:
    return ID.fullmatch(text) is not None
