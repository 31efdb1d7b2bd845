"""What a tool raises when the model should hear why it failed."""

from __future__ import annotations


class ToolError(Exception):
    """A tool could not do what it was asked; `message` is for the model to read."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
