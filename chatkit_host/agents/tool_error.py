"""What a tool raises when the model should hear why it failed."""

from __future__ import annotations


class ToolError(Exception):
    """A tool could not do what it was asked; `message` is for the model to read.

    `status` is what an HTTP client hears besides, if it was an endpoint that asked.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
