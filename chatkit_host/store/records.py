"""Models as they are stored: the wire's JSON, and beside it what the wire must not have."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic_core import to_jsonable_python

from chatkit_host import clock
from chatkit_host.store.shared import SharedValues
from chatkit_host.types import (
    Attachment,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
    codec,
    is_hidden,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ThreadRecord:
    """A thread: `body` is its wire form without items, `private` its metadata."""

    id: str
    created: int
    body: str
    private: str | None


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """An item: `body` is its wire form, `private` the metadata of its attachments, by their ids."""

    id: str
    type: str
    hidden: bool
    created: int
    body: str
    private: str | None


@dataclass(frozen=True, slots=True)
class AttachmentRecord:
    """An attachment: `body` is its wire form, `private` its metadata."""

    id: str
    thread_id: str | None
    body: str
    private: str | None


def micros(moment: datetime) -> int:
    """The moment in microseconds since 1970: a whole number sorts alike in every database."""
    return (clock.as_aware(moment) - _EPOCH) // _MICROSECOND


def pack_thread(thread: ThreadMetadata) -> ThreadRecord:
    """The thread's columns; a `Thread` leaves its items behind."""
    public = _bare(thread).model_copy(update={"metadata": {}})
    return ThreadRecord(
        id=thread.id,
        created=micros(thread.created_at),
        body=codec.encode(public).decode(),
        private=_dump(thread.metadata),
    )


def _bare(thread: ThreadMetadata) -> ThreadMetadata:
    if type(thread) is ThreadMetadata:
        return thread
    fields = {name: getattr(thread, name) for name in ThreadMetadata.model_fields}
    return ThreadMetadata.model_construct(**fields)


def unpack_thread(body: str, private: str | None) -> ThreadMetadata:
    """The thread of these columns."""
    thread = codec.load_thread(body)
    if private is not None:
        thread.metadata = json.loads(private)
    return thread


def pack_item(item: ThreadItem) -> ItemRecord:
    """The item's columns."""
    hidden = is_hidden(item)
    return ItemRecord(
        id=item.id,
        type=item.type,
        hidden=hidden,
        created=micros(item.created_at),
        body=codec.dump_item(item) if hidden else codec.encode(item).decode(),
        private=_dump(_attachment_metadata(item)),
    )


def unpack_item(body: str, private: str | None) -> ThreadItem:
    """The item of these columns."""
    item = codec.load_item(body)
    if private is not None and isinstance(item, UserMessageItem):
        metadata = json.loads(private)
        for attachment in item.attachments:
            attachment.metadata = metadata.get(attachment.id)
    return item


def pack_attachment(attachment: Attachment) -> AttachmentRecord:
    """The attachment's columns."""
    return AttachmentRecord(
        id=attachment.id,
        thread_id=attachment.thread_id,
        body=codec.encode(attachment).decode(),
        private=_dump(attachment.metadata),
    )


def unpack_attachment(body: str, private: str | None) -> Attachment:
    """The attachment of these columns."""
    attachment = codec.load_attachment(body)
    if private is not None:
        attachment.metadata = json.loads(private)
    return attachment


def _attachment_metadata(item: ThreadItem) -> dict[str, Any] | None:
    if not isinstance(item, UserMessageItem):
        return None
    found = {each.id: each.metadata for each in item.attachments if each.metadata is not None}
    return found or None


def pack_shared(values: Mapping[str, Any]) -> dict[str, str]:
    """The bodies of shared values."""
    return {name: json.dumps(value, default=to_jsonable_python) for name, value in values.items()}


def unpack_shared(rows: Iterable[tuple[str, str, str]]) -> SharedValues:
    """The values of rows of owner (empty: everybody), name and body."""
    found: SharedValues = {"all": {}, "user": {}}
    for owner, name, body in rows:
        found["user" if owner else "all"][name] = json.loads(body)
    return found


def _dump(data: dict[str, Any] | None) -> str | None:
    # ASCII only: this alone takes half surrogate pairs, which no database would.
    return None if data is None else json.dumps(data, default=to_jsonable_python)
