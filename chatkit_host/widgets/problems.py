"""What goes wrong with a widget."""

from __future__ import annotations

from chatkit_host.templates import RenderError


class WidgetError(RenderError, ValueError):
    """A widget file, or the data for it, is wrong; the text names the widget and the place."""
