"""`${NAME}`, `${NAME:-default}` and `${file:path}`, filled in as data after the YAML is parsed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from chatkit_host.config import codes
from chatkit_host.config.places import Path
from chatkit_host.config.problems import Collector, nearest

_VARIABLE = re.compile(r"\$\$\{|\$\{([^}]*)\}|(\$\{)")
_NAME = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", re.DOTALL)
_SECRET_NAME = re.compile(r"KEY|TOKEN|SECRET|PASSWORD", re.IGNORECASE)
_DELIMITER = re.compile(r"\{\{|\{%|\{#")


class Interpolation:
    """Fills in the variables of one file.

    `environ` is where names are looked up, `base_dir` what paths of `${file:…}` are relative to.
    """

    def __init__(self, environ: Mapping[str, str], base_dir: FilePath, found: Collector) -> None:
        self.environ = environ
        self.base_dir = base_dir
        self.found = found

    def fill(self, data: Any, path: Path = ()) -> Any:
        """The same data with every string filled in; what is missing is noted."""
        if isinstance(data, str):
            return self._text(data, path) if "${" in data else data
        if isinstance(data, dict):
            return {key: self.fill(value, (*path, key)) for key, value in data.items()}
        if isinstance(data, list):
            return [self.fill(value, (*path, i)) for i, value in enumerate(data)]
        return data

    def _text(self, text: str, path: Path) -> str:
        def replace(match: re.Match[str]) -> str:
            line = text.count("\n", 0, match.start()) + 1
            if match[2]:
                cure = "write ${NAME}, and $${ for the text itself"
                return self._missing(codes.BAD_VARIABLE, "${ is not closed", path, line, cure=cure)
            if match[1] is None:
                return "${"
            value = self._value(match[1], path, line)
            # What comes from outside is data: in a template it must stay text.
            return _DELIMITER.sub(_as_text, value) if may_hold_templates(path) else value

        return _VARIABLE.sub(replace, text)

    def _value(self, inner: str, path: Path, line: int) -> str:
        if inner.startswith("file:"):
            return self._file(inner.removeprefix("file:"), path, line)
        match = _NAME.fullmatch(inner)
        if not match:
            message = f"${{{inner}}} is not a variable"
            cure = "write ${NAME} or ${NAME:-default}, and $${ for the text itself"
            return self._missing(codes.BAD_VARIABLE, message, path, line, cure=cure)
        return self._variable(match[1], match[2], path, line)

    def _variable(self, name: str, default: str | None, path: Path, line: int) -> str:
        self.found.note_variable(path, name)
        value = self.environ.get(name)
        if value is None and default is None:
            message, cure = (
                f"the environment has no {name}",
                f"set it, or write ${{{name}:-default}}",
            )
            hint = nearest(name, self.environ)
            return self._missing(codes.NO_VARIABLE, message, path, line, cure=cure, hint=hint)
        if not value and default is not None:
            return default
        if value and _SECRET_NAME.search(name):
            self.found.keep_secret(value)
        return value or ""

    def _file(self, name: str, path: Path, line: int) -> str:
        try:
            value = (self.base_dir / name).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            message = f"the file {name!r} cannot be read: {reason(error)}"
            return self._missing(codes.NO_FILE, message, path, line)
        self.found.note_variable(path, f"file:{name}")
        self.found.keep_secret(value)
        return value

    def _missing(
        self,
        code: str,
        message: str,
        path: Path,
        line: int,
        *,
        cure: str | None = None,
        hint: str | None = None,
    ) -> str:
        self.found.add(code, path, message, line=line, cure=cure, hint=hint)
        self.found.spoil(path)
        return ""


def reason(error: Exception) -> str:
    """Why a file cannot be read, in a few words."""
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    return (getattr(error, "strerror", None) or str(error)).lower()


_PLAIN_SECTIONS = frozenset(
    {
        *("version", "name", "data", "request", "storage", "attachments", "server", "auth"),
        *("limits", "transcription", "ui", "plugins"),
    }
)


def may_hold_templates(path: Path) -> bool:
    """Whether text at a path of the file may be read as a template, so that data in it is escaped.

    It is, where nothing here says that it is not: what is forgotten costs a text that has braces in
    it, and nobody's value is ever run.
    """
    match path:
        case (str(section), *_) if section in _PLAIN_SECTIONS:
            return False
        case ("models", _, "rules", _, "match", *_):
            return False
        case ("models", _, key, *_):
            return key == "rules"
        case ("respond", key, *_):
            return key in ("title", "context", "routes")
        case ("agents", _, "description" | "model" | "settings" | "guardrails", *_):
            return False
        case ("agents", _, "output", "schema", *_) | ("agents", _, "handoffs", _, "description"):
            return False
        case ("guardrails", _, key, *_):
            return key == "message"
        case ("tools", _, "description" | "parameters" | "python" | "agent" | "hosted", *_):
            return False
        case ("endpoints", _, "description" | "parameters", *_) | ("shared", _, "schema", *_):
            return False
        case ("actions", _, "payload", *_) | ("widgets", _, "data" | "file", *_):
            return False
    return True


def _as_text(delimiter: re.Match[str]) -> str:
    return "{{ '" + delimiter[0] + "' }}"
