"""`{files: "articles/*.md"}`: a list, one map for each file, with its front matter and content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from chatkit_host.config.interpolate import reason
from chatkit_host.config.places import SourceMap
from chatkit_host.config.problems import Collector
from chatkit_host.config.yaml import parse

MOST_FILES = 2_000
MOST_BYTES = 20_000_000
FENCE = "---"


class FilesError(Exception):
    """A pattern that gives no list; the text says why."""


def matching(base_dir: FilePath, pattern: str) -> list[FilePath]:
    """The files of a pattern, in the order of their names.

    Raises:
        FilesError: there are none, or too many, or it is no pattern.
    """
    try:
        found = sorted(path for path in base_dir.glob(pattern) if path.is_file())
    except (ValueError, NotImplementedError, OSError) as error:
        raise FilesError(f"{pattern!r} is no pattern of files here: {error}") from None
    if not found:
        raise FilesError(f"no file is called {pattern!r}")
    if len(found) > MOST_FILES or sum(path.stat().st_size for path in found) > MOST_BYTES:
        raise FilesError(f"{pattern!r}: {len(found)} files are too much to keep in memory")
    return found


def read_document(path: FilePath, shown: str) -> tuple[dict[str, Any], SourceMap, Collector]:
    """A file as a map: its front matter, `content`, and its `name` without the suffix.

    Raises:
        ConfigProblems: the front matter is not a map in YAML.
        FilesError: the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FilesError(f"the file {shown!r} cannot be read: {reason(error)}") from None
    head, body = split(text)
    data, places, found = parse(head, shown)
    if data is not None and not isinstance(data, dict):
        raise FilesError(f"the front matter of {shown!r} is not a map")
    return {"name": path.stem, **(data or {}), "content": body}, places, found


def split(text: str) -> tuple[str, str]:
    """Front matter and content. The front matter keeps the lines that it stands in."""
    lines = text.splitlines(keepends=True)
    end = next(_fences(lines), None)
    if end is None:
        return "", text
    return "\n" + "".join(lines[1:end]), "".join(lines[end + 1 :]).lstrip("\n")


def _fences(lines: list[str]) -> Iterator[int]:
    """The line that ends the front matter, if the first line begins one."""
    if lines and lines[0].rstrip() == FENCE:
        yield from (i for i, line in enumerate(lines) if i and line.rstrip() == FENCE)
