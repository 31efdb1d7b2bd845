"""Whoever leaves in the middle, or sends less than announced, leaves nothing behind."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

from tests.web.attachments.files import announce, kept, of_another, uploading


async def test_a_client_that_leaves_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await announce(visitor, "n.txt", "text/plain")
        to = urlsplit(attachment["upload_descriptor"]["url"])
        reader, writer = await asyncio.open_connection(to.hostname, to.port)
        path = f"{to.path}?{to.query}"
        head = f"POST {path} HTTP/1.1\r\nHost: {to.netloc}\r\nContent-Length: 50000\r\n\r\n"
        writer.write(head.encode() + b"x" * 40_000)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        async with of_another(visitor) as other:
            response = await other.post(attachment["upload_descriptor"]["url"], content=b"Hello")
        assert response.status_code == 200
        assert kept(tmp_path) == [attachment["id"]]
        assert (tmp_path / "uploads" / attachment["id"]).read_bytes() == b"Hello"
        assert await reader.read() is not None


async def test_a_length_that_is_a_lie_is_no_way_in(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await announce(visitor, "n.txt", "text/plain")
        to = urlsplit(attachment["upload_descriptor"]["url"])
        reader, writer = await asyncio.open_connection(to.hostname, to.port)
        path = f"{to.path}?{to.query}"
        head = f"POST {path} HTTP/1.1\r\nHost: {to.netloc}\r\nContent-Length: 999999999\r\n\r\n"
        writer.write(head.encode())
        answer = await reader.readuntil(b"\r\n")
        writer.close()
        await writer.wait_closed()
    assert b" 413 " in answer
    assert kept(tmp_path) == []
