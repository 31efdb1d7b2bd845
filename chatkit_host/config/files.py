"""`{file: path}`: long texts, schemas, templates and data in files of their own."""

from __future__ import annotations

import json
import os
from pathlib import Path as FilePath
from typing import Any

from chatkit_host.config import codes
from chatkit_host.config.interpolate import reason
from chatkit_host.config.many_files import FilesError, matching, read_document
from chatkit_host.config.places import Path, Place, SourceMap
from chatkit_host.config.problems import Collector, ConfigProblems, Problem
from chatkit_host.config.schemas import TYPES
from chatkit_host.config.yaml import parse

DATA_SUFFIXES = (".json", ".yaml", ".yml")


def takes_file(path: Path) -> bool:
    """Whether the value at a path may be `{file: …}`; anywhere else that map is just data."""
    match path:
        case ("agents", _, "instructions" | "description") | ("respond", "title" | "context"):
            return True
        case ("data",) | ("data", _) | ("state",) | ("state", _) | ("shared", _, "default"):
            return True
        case ("endpoints", _, "return" | "parameters" | "steps") | ("on", _):
            return True
        case ("shared", _, "schema") | ("on", _, int(), "message" | "hidden_context" | "return"):
            return True
        case ("models", _, "rules") | ("tools", _, "description" | "parameters" | "return"):
            return True
        case ("agents", _, "output", "schema" | "steps"):
            return True
        case ("actions", _, "payload") | ("widgets", _, "data" | "template" | "sample"):
            return True
        case (*_, "steps" | "then" | "else" | "do", int(), "message" | "hidden_context" | "return"):
            return True
        case (*_, "steps" | "then" | "else" | "do", int(), "message", "text"):
            return True
        case ("tools" | "actions", _, "steps"):
            return True
    return False


def _is_schema(data: dict[str, Any], path: Path) -> bool:
    """Whether it describes a property that is called `file`: `parameters: {file: string}`."""
    described = next(iter(data.values()))
    is_type = isinstance(described, dict) or (isinstance(described, str) and described in TYPES)
    return is_type and path[-1] in ("parameters", "payload", "schema", "data") and len(path) > 1


class Files:
    """Puts the contents of files where the configuration names them."""

    def __init__(self, base_dir: FilePath, found: Collector) -> None:
        self.base_dir = base_dir
        self.found = found

    def fill(self, data: Any, path: Path = ()) -> Any:
        """The same data with every `{file: …}` read; what cannot be read is noted."""
        if isinstance(data, dict):
            if (
                takes_file(path)
                and set(data) in ({"file"}, {"files"})
                and not _is_schema(data, path)
            ):
                return self._content(data, path)
            return {key: self.fill(value, (*path, key)) for key, value in data.items()}
        if isinstance(data, list):
            return [self.fill(value, (*path, i)) for i, value in enumerate(data)]
        return data

    def _content(self, data: dict[str, Any], path: Path) -> Any:
        if "files" in data:
            return self._many(data["files"], path)
        name = data.get("file")
        if not isinstance(name, str) or not name:
            message = "the path of a file is wanted here"
            return self._nothing(codes.WRONG_TYPE, (*path, "file"), message, path)
        return self._read(name, path)

    def _read(self, name: str, path: Path) -> Any:
        file = self.base_dir / name
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            message = f"the file {name!r} cannot be read: {reason(error)}"
            return self._nothing(codes.NO_FILE, (*path, "file"), message, path)
        shown = str(FilePath(self.found.places.file).parent / name)
        is_data = file.suffix in DATA_SUFFIXES
        return self._data(text, shown, path) if is_data else self._text(text, shown, path)

    def _many(self, pattern: Any, path: Path) -> Any:
        if not isinstance(pattern, str) or not pattern:
            message = 'a pattern of files is wanted here: "articles/*.md"'
            return self._nothing(codes.WRONG_TYPE, (*path, "files"), message, path)
        try:
            files = matching(self.base_dir, pattern)
            return [self._document(file, (*path, i)) for i, file in enumerate(files)]
        except FilesError as error:
            return self._nothing(codes.NO_FILE, (*path, "files"), str(error), path)

    def _document(self, file: FilePath, path: Path) -> Any:
        inside = os.path.relpath(file, self.base_dir)
        shown = str(FilePath(self.found.places.file).parent / inside)
        try:
            data, places, found = read_document(file, shown)
        except ConfigProblems as error:
            self.found.adopt(error.problems, path)
            self.found.spoil(path)
            return None
        self.found.places.graft(path, places)
        self.found.adopt(found.problems, path)
        return data

    def _text(self, text: str, shown: str, path: Path) -> str:
        # Line 0 column 1: the first line of a block scalar is the one after its head.
        places = SourceMap(shown, values={(): Place(shown, 0, 1)}, blocks={()})
        places.lines[shown] = text.splitlines()
        self.found.places.graft(path, places)
        return text

    def _data(self, text: str, shown: str, path: Path) -> Any:
        try:
            data, places, found = parse(text, shown)
        except ConfigProblems as error:
            self.found.adopt(_of_json(text, shown) or error.problems, path)
            self.found.spoil(path)
            return None
        self.found.places.graft(path, places)
        self.found.adopt(found.problems, path)
        return data

    def _nothing(self, code: str, at: Path, message: str, path: Path) -> None:
        self.found.add(code, at, message)
        self.found.spoil(path)


def _of_json(text: str, shown: str) -> list[Problem]:
    """What is wrong with a file of JSON, in the words and at the place that a JSON parser has."""
    if not shown.endswith(".json"):
        return []
    try:
        json.loads(text)
    except RecursionError:
        return []
    except json.JSONDecodeError as error:
        place = Place(shown, error.lineno, error.colno)
        lines = text.splitlines()
        source = lines[error.lineno - 1] if error.lineno <= len(lines) else ""
        message = f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return [Problem(codes.SYNTAX, place, (), message, source=source)]
    return []
