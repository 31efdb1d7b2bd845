"""Attachments: announced, and deleted with their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chatkit_host.errors import InvalidRequestError
from chatkit_host.store import AttachmentStore
from chatkit_host.types import AttachmentCreateParams, AttachmentDeleteParams
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


def _bytes_of(server: ChatKitServer[Any]) -> AttachmentStore[Any]:
    if server.attachment_store is None:
        raise InvalidRequestError("Attachments are not supported here.")
    return server.attachment_store
