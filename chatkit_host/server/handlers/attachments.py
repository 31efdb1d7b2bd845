"""Attachments: announced, sent in a message, and deleted with their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from chatkit_host.errors import InvalidRequestError, NotFoundError
from chatkit_host.logger import logger
from chatkit_host.store import AttachmentStore
from chatkit_host.types import (
    Attachment,
    AttachmentCreateParams,
    AttachmentDeleteParams,
    ThreadMetadata,
)
from chatkit_host.types.codec import encode

if TYPE_CHECKING:
    from chatkit_host.server.chatkit_server import ChatKitServer


async def create(server: ChatKitServer[Any], params: AttachmentCreateParams, context: Any) -> bytes:
    """A new attachment, with where to send its bytes."""
    attachment = await _bytes_of(server).create_attachment(params, context)
    await server.store.save_attachment(attachment, context=context)
    return encode(attachment)


async def delete(server: ChatKitServer[Any], params: AttachmentDeleteParams, context: Any) -> bytes:
    """An attachment is gone, its bytes first."""
    bytes_of = _bytes_of(server)
    await server.store.load_attachment(params.attachment_id, context=context)
    await bytes_of.delete_attachment(params.attachment_id, context=context)
    await server.store.delete_attachment(params.attachment_id, context=context)
    return b"{}"


async def load_sent(
    server: ChatKitServer[Any], ids: Sequence[str], thread: ThreadMetadata, context: Any
) -> list[Attachment]:
    """The attachments of a message that is on its way into a thread.

    Raises:
        InvalidRequestError: there are too many, or one may not be sent.
        NotFoundError: one is not there, or another's.
    """
    bytes_of = server.attachment_store
    once = list(dict.fromkeys(ids))
    most = None if bytes_of is None else bytes_of.max_count
    if most is not None and len(once) > most:
        raise InvalidRequestError(
            f"params.input.attachments: at most {most} in one message, not {len(once)}"
        )
    sent = [await server.store.load_attachment(each, context=context) for each in once]
    if bytes_of is not None:
        for attachment in sent:
            bytes_of.check_sending(attachment, thread)
    return [each.model_copy(update={"thread_id": thread.id}) for each in sent]


async def delete_quietly(
    server: ChatKitServer[Any], thread_id: str, ids: Iterable[str], context: Any
) -> None:
    """Delete attachments of a thread, bytes first. What fails is logged, and left over."""
    for attachment_id in ids:
        try:
            attachment = await server.store.load_attachment(attachment_id, context=context)
            if attachment.thread_id != thread_id:
                continue  # meanwhile sent in another thread, which still shows it
            if server.attachment_store is not None:
                await server.attachment_store.delete_attachment(attachment_id, context=context)
            await server.store.delete_attachment(attachment_id, context=context)
        except NotFoundError:
            continue
        except Exception:
            logger.exception("Could not delete the attachment %s", attachment_id)


def _bytes_of(server: ChatKitServer[Any]) -> AttachmentStore[Any]:
    if server.attachment_store is None:
        raise InvalidRequestError("Attachments are not supported here.")
    return server.attachment_store
