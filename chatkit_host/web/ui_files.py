"""The files of the self-hosted element: what `ui/` was built into, if it was."""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from litestar import Response, route
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.types import Scope

from chatkit_host import __version__
from chatkit_host.web.headers import header

STATIC = Path(__file__).parent / "static"

# Names with a hash in them never mean anything else; the others have to be asked for again.
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"
ZIPPED = {".js", ".css", ".json", ".svg"}


@dataclass(frozen=True, slots=True)
class UiFile:
    """A file as it is sent."""

    body: bytes
    zipped: bytes | None
    media_type: str
    etag: str


def ui_file_routes() -> list[HTTPRouteHandler]:
    """`/chatkit.js`, `/chatkit-<version>.js`, and what they load when it is first needed."""

    names = ["/chatkit.js", f"/chatkit-{__version__}.js"]

    @route(names, http_method=["GET", "HEAD"], sync_to_thread=False)
    def script(scope: Scope) -> Response[bytes]:
        return _answer(scope, scope["path"].lstrip("/"), ASK_AGAIN)

    @route("/assets/{name:str}", http_method=["GET", "HEAD"], sync_to_thread=False)
    def asset(scope: Scope) -> Response[bytes]:
        return _answer(scope, f"assets/{scope['path_params']['name']}", FOR_EVER)

    return [script, asset]


def _answer(scope: Scope, name: str, cache: str) -> Response[bytes]:
    found = ui_file(name)
    if found is None:
        raise NotFoundException(NOT_BUILT if not is_built() else "")
    headers = {
        "cache-control": cache,
        "etag": found.etag,
        "vary": "Accept-Encoding",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "cross-origin",
    }
    if header(scope, b"if-none-match") == found.etag:
        return Response(b"", status_code=304, headers=headers)
    body = found.body
    if found.zipped is not None and "gzip" in (header(scope, b"accept-encoding") or ""):
        body = found.zipped
        headers["content-encoding"] = "gzip"
    return Response(body, media_type=found.media_type, headers=headers)


NOT_BUILT = "the element has not been built; run `make serve` with Node 20 and npm"


def is_built() -> bool:
    """Whether there is an element to serve."""
    return (STATIC / "manifest.json").is_file() and (STATIC / "chatkit.js").is_file()


def ui_file(name: str) -> UiFile | None:
    """A file that was built; None if there is none of that name."""
    if name not in _names():
        return None
    path = STATIC / name
    return _read(name, path.stat().st_mtime_ns)


def _names() -> frozenset[str]:
    """Only what was built can be asked for, whatever a name looks like."""
    if not is_built():
        return frozenset()
    return _listed((STATIC / "manifest.json").stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _listed(_built: int) -> frozenset[str]:
    scripts = {path.name for path in STATIC.glob("chatkit*.js")}
    return frozenset(scripts | {f"assets/{path.name}" for path in STATIC.glob("assets/*")})


@lru_cache(maxsize=256)
def _read(name: str, _changed: int) -> UiFile:
    body = (STATIC / name).read_bytes()
    suffix = Path(name).suffix
    zipped = gzip.compress(body, 6, mtime=0) if suffix in ZIPPED else None
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if suffix == ".js":
        media_type = "text/javascript"
    return UiFile(body, zipped, media_type, f'"{hashlib.sha256(body).hexdigest()[:24]}"')


def entry(source: str) -> str:
    """The URL path of what a source file was built into."""
    manifest: dict[str, Any] = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    return f"/{manifest[source]['file']}"
