"""Files to upload, and a browser that does it."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from tests.examples.visitor import Json, Visitor
from tests.web.hosted import hosted

BOT = """
agents: { helper: { instructions: Help. } }
models: { default: { provider: rules, rules: [{ say: "{{ attachments | length }} files" }] } }
storage: "memory:"
"""
TAKING = "attachments: { store: uploads, max_size: 100kB, max_count: 2 }\n"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def png(width: int = 20, height: int = 10, colour: str = "red") -> bytes:
    return picture("PNG", width, height, colour)


def picture(format: str, width: int = 20, height: int = 10, colour: str = "red") -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(into, format)
    return into.getvalue()


@asynccontextmanager
async def uploading(folder: Path, *parts: str) -> AsyncIterator[Visitor]:
    """A bot that takes files, and its visitor; the bytes are in `folder / "uploads"`."""
    async with hosted(folder, *(parts or (BOT, TAKING))) as visitor:
        yield visitor


async def announce(visitor: Visitor, name: str, mime_type: str, size: int = 10) -> Json:
    return await visitor.ask("attachments.create", name=name, mime_type=mime_type, size=size)


async def send_announced(
    visitor: Visitor, name: str, mime_type: str, data: bytes, **headers: str
) -> tuple[Json, httpx.Response]:
    """Announce a file, and send its bytes to where the answer says; gives both answers."""
    attachment = await announce(visitor, name, mime_type, len(data) or 1)
    to = attachment["upload_descriptor"]
    async with httpx.AsyncClient() as stranger:  # the signed URL is enough
        response = await stranger.request(
            to["method"], to["url"], headers={**to["headers"], **headers}, content=data
        )
    return attachment, response


async def upload(visitor: Visitor, name: str, mime_type: str, data: bytes) -> Json:
    """An attachment whose bytes are there."""
    response = await post_form(visitor, name, mime_type, data)
    assert response.status_code == 200, response.text
    attachment: Json = response.json()
    return attachment


async def post_form(visitor: Visitor, name: str, mime_type: str, data: bytes) -> httpx.Response:
    url = f"{visitor.path}/attachments"
    return await visitor.browser.post(url, files={"file": (name, data, mime_type)})


async def send(visitor: Visitor, *attachments: Json, text: str = "Look") -> Json:
    """A message with these attachments; gives it as it is stored."""
    ids = [each["id"] for each in attachments]
    content = [{"type": "input_text", "text": text}] if text else []
    message = {"content": content, "attachments": ids, "inference_options": {}}
    if visitor.thread_id is None:
        await visitor.stream("threads.create", input=message)
        visitor.thread_id = visitor.events[0]["thread"]["id"]
    else:
        await visitor.stream("threads.add_user_message", thread_id=visitor.thread_id, input=message)
    item: Json = visitor.items("user_message")[0]
    return item


def message_with(*ids: str) -> Json:
    return {"content": [], "attachments": [*ids], "inference_options": {}}


def kept(folder: Path) -> list[str]:
    """The names of all files that are kept."""
    return sorted(path.name for path in (folder / "uploads").iterdir())


def pieces(data: bytes, size: int = 1000) -> Iterator[bytes]:
    for place in range(0, len(data), size):
        yield data[place : place + size]


async def as_stream(data: bytes) -> AsyncIterator[bytes]:
    """Sent chunked: no length is declared."""
    for piece in pieces(data):
        yield piece


def of_another(visitor: Visitor) -> httpx.AsyncClient:
    """Another browser, with a cookie of its own."""
    return httpx.AsyncClient(base_url=visitor.browser.base_url)


def error_of(response: httpx.Response) -> str:
    message: Any = response.json()["error"]["message"]
    return str(message)
