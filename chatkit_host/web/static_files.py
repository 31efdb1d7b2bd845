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
from chatkit_host.web.settings import ServedFolder

INDEX = "index.html"
PAGES = ("text/html", "application/xhtml+xml", "image/svg+xml")
"""What runs scripts when a browser goes to it."""
ASK_AGAIN = "public, no-cache"
"""A browser may keep a file, and asks each time whether it is still the same."""


class StaticFolders:
    """Files by path. What is hidden, lies outside, or is no file is not there.

    Args:
        folders: by path.
        policy: the headers of pages in strict folders.
    """

    def __init__(self, folders: Mapping[str, ServedFolder], policy: Mapping[str, str]) -> None:
        # The longest path first: /app/docs may lie elsewhere than /app.
        ordered = sorted(folders.items(), key=lambda each: -len(each[0]))
        self._folders = [
            (path, each.path.resolve(), policy if each.is_strict else {}) for path, each in ordered
        ]

    async def answer(self, scope: Scope) -> Response[bytes] | None:
        """The file, or a way to it; None if the path is in no folder."""
        raw = scope.get("raw_path") or scope["path"].encode()
        path = raw.decode("latin-1").partition("?")[0]
        for prefix, folder, policy in self._folders:
            if path == prefix or path.startswith(f"{prefix}/"):
                found = await self._find(scope, folder, path[len(prefix) :])
                if found.is_dir():  # without a slash, what it loads would be sought beside it
                    return Response(b"", status_code=308, headers={"location": f"{path}/"})
                return _answer(scope, found, await asyncio.to_thread(found.read_bytes), policy)
        return None

    async def _find(self, scope: Scope, folder: Path, rest: str) -> Path:
        if scope.get("method") not in ("GET", "HEAD"):
            raise MethodNotAllowedError("Files can only be read.", allow="GET, HEAD")
        found = await asyncio.to_thread(find, folder, rest)
        if found is None:
            raise NotFoundException
        return found


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


def _answer(scope: Scope, file: Path, body: bytes, policy: Mapping[str, str]) -> Response[bytes]:
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    kind = media_type(file.name)
    headers = {"cache-control": ASK_AGAIN, "etag": etag, "x-content-type-options": "nosniff"}
    headers |= policy if kind in PAGES else {}
    if header(scope, b"if-none-match") == etag:
        return Response(b"", status_code=304, headers=headers)
    return Response(body, status_code=200, media_type=kind, headers=headers)


def media_type(name: str) -> str:
    """The type of a file, by the end of its name."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name.endswith((".js", ".mjs")):
        kind = "text/javascript"
    return kind  # the framework adds the charset of text
