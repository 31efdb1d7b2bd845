"""POST /audio/transcriptions: a form with a recording in, its text out."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from typing import Any

PATH = "/v1/audio/transcriptions"


def read_form(content_type: str, body: bytes) -> dict[str, Any]:
    """The fields of a multipart form; a file as its name, type and bytes."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    parts = message_from_bytes(head + body).get_payload()
    assert isinstance(parts, list)
    return dict(_field(part) for part in parts if isinstance(part, Message))


def _field(part: Message) -> tuple[str, Any]:
    name = str(part.get_param("name", header="content-disposition"))
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    file = part.get_filename()
    if file is None:
        return name, data.decode()
    return name, {"name": file, "type": part.get_content_type(), "data": data}
