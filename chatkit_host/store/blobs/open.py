"""From a place's name to the place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chatkit_host.store.blobs.contract import Blobs
from chatkit_host.store.blobs.local import LocalBlobs
from chatkit_host.store.blobs.memory import MemoryBlobs


def open_blobs(url: str, *, base_dir: Path, options: Mapping[str, str] | None = None) -> Blobs:
    """The place that a path or URL names. Nothing is opened until `start` is awaited.

    Args:
        url: a folder, `memory:`, or `s3://…`, `gs://…`, `az://…`.
        base_dir: where relative paths begin.
        options: of an object store, by `obstore`'s names.

    Raises:
        ConfigError: the URL names nothing that can be opened.
    """
    if url in ("memory:", "memory://"):
        return MemoryBlobs()
    if "://" not in url:
        return LocalBlobs(base_dir.absolute() / Path(url).expanduser())
    from chatkit_host.store.blobs.objects import open_objects

    return open_objects(url, options or {})
