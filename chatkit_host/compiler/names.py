"""The names that templates see throughout a turn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chatkit_host.context import RequestContext
from chatkit_host.store.uploads import size_of
from chatkit_host.types import Attachment, UserMessageItem


def turn_names(
    data: dict[str, Any],
    context: RequestContext,
    message: UserMessageItem | None,
    facts: Iterable[str] = (),
) -> dict[str, Any]:
    """`data`, `user`, `request`, and `text` and `tool_choice` of the message that began it."""
    choice = None if message is None else message.inference_options.tool_choice
    return {
        "data": data,
        "user": dict(context.user),
        "request": {**dict.fromkeys(facts), **context.request},
        "text": "" if message is None else text_of(message),
        "tool_choice": None if choice is None else choice.id,
    }


def file_names(message: UserMessageItem | None) -> dict[str, Any]:
    """`attachments`: the files of the message that began the turn."""
    files = [] if message is None else message.attachments
    return {"attachments": [_described(each) for each in files]}


def _described(attachment: Attachment) -> dict[str, Any]:
    return {
        "id": attachment.id,
        "name": attachment.name,
        "mime_type": attachment.mime_type,
        "size": size_of(attachment),
    }


def text_of(message: UserMessageItem) -> str:
    """What the user wrote, a mention as its text."""
    return "".join(part.text for part in message.content).strip()
