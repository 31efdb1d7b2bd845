"""`server.static`: folders of the bot's own, as they are."""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from litestar import Response
from litestar.exceptions import NotFoundException
from litestar.types import Scope

from chatkit_host.web.errors import MethodNotAllowedError
from chatkit_host.web.headers import header

INDEX = "index.html"
ASK_AGAIN = "public, no-cache"
"""A browser may keep a file, and asks each time whether it is still the same."""


class StaticFolders:
    """Files by path. What is hidden, lies outside, or is no file is not there."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        # The longest path first: /app/docs may lie elsewhere than /app.
        ordered = sorted(folders.items(), key=lambda each: -len(each[0]))
        self._folders = [(path, folder.resolve()) for path, folder in ordered]

    async def answer(self, scope: Scope) -> Response[bytes] | None:
        """The file, or a way to it; None if the path is in no folder."""
        raw = scope.get("raw_path") or scope["path"].encode()
        path = raw.decode("latin-1").partition("?")[0]
        for prefix, folder in self._folders:
            if path == prefix or path.startswith(f"{prefix}/"):
                return await self._in_folder(scope, path, path[len(prefix) :], folder)
        return None

    async def _in_folder(self, scope: Scope, path: str, rest: str, folder: Path) -> Response[bytes]:
        if scope.get("method") not in ("GET", "HEAD"):
            raise MethodNotAllowedError("Files can only be read.", allow="GET, HEAD")
        found = await asyncio.to_thread(find, folder, rest)
        if found is None:
            raise NotFoundException
        if found.is_dir():  # without a slash, what the page loads would be sought beside it
            return Response(b"", status_code=308, headers={"location": f"{path}/"})
        return _answer(scope, found, await asyncio.to_thread(found.read_bytes))


def find(folder: Path, rest: str) -> Path | None:
    """The file at a path below the folder, or a folder in it that has an index."""
    parts = [unquote(part) for part in rest.split("/") if part]
    if any(part.startswith(".") or "/" in part or "\\" in part or "\0" in part for part in parts):
        return None
    try:
        found = folder.joinpath(*parts).resolve()
        if not found.is_relative_to(folder):  # a link that leads out
            return None
        if found.is_dir():
            if not (found / INDEX).is_file():
                return None
            return found / INDEX if rest.endswith("/") else found
        return found if found.is_file() and not rest.endswith("/") else None
    except (OSError, ValueError):
        return None


def _answer(scope: Scope, file: Path, body: bytes) -> Response[bytes]:
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"cache-control": ASK_AGAIN, "etag": etag, "x-content-type-options": "nosniff"}
    if header(scope, b"if-none-match") == etag:
        return Response(b"", status_code=304, headers=headers)
    return Response(body, media_type=media_type(file.name), headers=headers)


def media_type(name: str) -> str:
    """The type of a file, by the end of its name."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name.endswith((".js", ".mjs")):
        kind = "text/javascript"
    return kind  # the framework adds the charset of text
