"""What can go wrong with a template: when it is compiled, and when it is rendered."""

from __future__ import annotations

Path = tuple[str | int, ...]


class TemplateError(ValueError):
    """A template that cannot be compiled: the author's mistake, found before anything runs.

    `line` counts from 1 in the text; `path` leads to the text in a tree of templates.
    """

    def __init__(self, message: str, line: int = 1, path: Path = ()) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.path = path


class RenderError(Exception):
    """A template that could not be rendered with the data it met; for the log, not for clients."""

    def __init__(self, message: str, source: str = "") -> None:
        super().__init__(f"{message} (in {source})" if source else message)
        self.message = message
        self.source = source
