"""From bytes to requests, from events to bytes, and items to and from the store's JSON."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from json.encoder import encode_basestring
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError, to_json

from chatkit_host.components import WidgetComponentBase
from chatkit_host.errors import InvalidRequestError
from chatkit_host.types.attachments import Attachment
from chatkit_host.types.base import WireModel
from chatkit_host.types.events import ThreadItemUpdatedEvent
from chatkit_host.types.items import ThreadItem, is_hidden
from chatkit_host.types.light import StreamEvent, TextDelta
from chatkit_host.types.problems import told
from chatkit_host.types.requests import ChatKitReq
from chatkit_host.types.strict import has_odd_number
from chatkit_host.types.threads import ThreadMetadata
from chatkit_host.types.updates import AssistantMessageContentPartTextDelta

_TO_CLIENT = {"exclude_metadata": True}


def decode_request(data: str | bytes | bytearray) -> ChatKitReq:
    """The request that a body holds; InvalidRequestError says what is wrong with it, and where."""
    try:
        request = _request_adapter().validate_json(data)
    except ValidationError as error:
        raise InvalidRequestError(told(error, data)) from None
    if has_odd_number(data):
        raise InvalidRequestError("the body is not JSON: it has a number that JSON does not know")
    return request


def encode(model: BaseModel) -> bytes:
    """A model as a client gets it: no None, no attachment metadata.

    A thread's own metadata is the server's to strip.
    """
    return _json(model, exclude_none=True, context=_TO_CLIENT)


def encode_event(event: StreamEvent) -> bytes:
    """An event as a client gets it; text deltas, being nearly all of them, take a short cut."""
    if type(event) is TextDelta:
        return _text_delta(event.item_id, event.content_index, event.delta)
    if type(event) is ThreadItemUpdatedEvent:
        update = event.update
        if type(update) is AssistantMessageContentPartTextDelta:
            return _text_delta(event.item_id, update.content_index, update.delta)
    return encode(event)  # type: ignore[arg-type]


def frame(data: bytes) -> bytes:
    """One server-sent event around `data`."""
    return b"data: " + data + b"\n\n"


def dump_item(item: ThreadItem) -> str:
    """An item as the store keeps it: the wire's JSON, but with attachment metadata."""
    # A hidden item's content may be None, which must come back as None; it never meets the wire.
    return _json(item, exclude_none=not is_hidden(item)).decode()


def load_item(data: str | bytes) -> ThreadItem:
    """The item that `dump_item` wrote."""
    return _item_adapter().validate_json(data)


def dump_attachment(attachment: Attachment) -> str:
    """An attachment as the store keeps it, with its metadata."""
    return _json(attachment, exclude_none=True).decode()


def load_attachment(data: str | bytes) -> Attachment:
    """The attachment that `dump_attachment` wrote."""
    return _attachment_adapter().validate_json(data)


def dump_thread(thread: ThreadMetadata) -> str:
    """A thread as the store keeps it, with its metadata."""
    return _json(thread, exclude_none=True).decode()


def load_thread(data: str | bytes) -> ThreadMetadata:
    """The thread that `dump_thread` wrote."""
    return ThreadMetadata.model_validate_json(data)


def fingerprint(thread: ThreadMetadata) -> bytes:
    """What tells one state of a thread from another: its JSON, whatever its metadata holds."""
    try:
        return thread.__pydantic_serializer__.to_json(thread, fallback=repr)
    except (PydanticSerializationError, UnicodeError):
        return to_json(_encodable(thread.model_dump()), fallback=repr)


def warm() -> None:
    """Builds every model's validator now, so that no user's first request has to wait for it.

    It takes about 0.2 s; it may run in a thread.
    """
    # What holds others comes after them, or each would build theirs over again.
    for root in (WidgetComponentBase, WireModel):
        for model in _descendants(root):
            model.model_rebuild(raise_errors=False)
    for adapter in (_request_adapter, _item_adapter, _attachment_adapter):
        adapter()


def _descendants(root: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in root.__subclasses__():
        yield model
        yield from _descendants(model)


@cache
def _request_adapter() -> TypeAdapter[ChatKitReq]:
    return TypeAdapter(ChatKitReq)


@cache
def _item_adapter() -> TypeAdapter[ThreadItem]:
    return TypeAdapter(ThreadItem)


@cache
def _attachment_adapter() -> TypeAdapter[Attachment]:
    return TypeAdapter(Attachment)


def _text_delta(item_id: str, content_index: int, delta: str) -> bytes:
    text = f'{_text_delta_head(item_id, content_index)}"delta":{encode_basestring(delta)}}}}}'
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


# Hundreds of deltas of one part come one after another.
@lru_cache(maxsize=1024)
def _text_delta_head(item_id: str, content_index: int) -> str:
    return (
        f'{{"type":"thread.item.updated","item_id":{encode_basestring(item_id)},"update":'
        '{"type":"assistant_message.content_part.text_delta",'
        f'"content_index":{content_index},'
    )


def _json(model: BaseModel, *, exclude_none: bool, context: Any = None) -> bytes:
    try:
        return model.__pydantic_serializer__.to_json(
            model, by_alias=True, exclude_none=exclude_none, context=context
        )
    except (PydanticSerializationError, UnicodeError):
        dumped = model.model_dump(by_alias=True, exclude_none=exclude_none, context=context)
        return to_json(_encodable(dumped), by_alias=True, exclude_none=exclude_none)


def _encodable(value: Any) -> Any:
    """`value` with half surrogate pairs, which UTF-8 cannot hold, replaced by question marks."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_encodable(name): _encodable(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_encodable(entry) for entry in value]
    return value
