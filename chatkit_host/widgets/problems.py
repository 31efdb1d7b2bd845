"""What goes wrong with a widget."""

from __future__ import annotations

from typing import Any, NamedTuple

from chatkit_host.templates import RenderError


class DataProblem(NamedTuple):
    """What is wrong with the data for a widget, and where in it."""

    path: tuple[str | int, ...]
    message: str

    def as_json(self) -> dict[str, Any]:
        """The problem for machines."""
        return {"path": list(self.path), "message": self.message}


class WidgetError(RenderError, ValueError):
    """A widget file, or the data for it, is wrong; the text names the widget and the place."""
