"""Widget files: whether they can be read, and what they hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from chatkit_host.checks.app import Checking
from chatkit_host.config import FileWidget, Path, Place, codes
from chatkit_host.config.interpolate import reason


@dataclass(frozen=True, slots=True)
class WidgetText:
    """A widget's template as text, and the place of its first line if it is a file of its own.

    `schema` is an export's own; a file of another kind has none.
    """

    template: str
    place: Place | None
    schema: dict[str, Any] | None = None


def read_widget(checking: Checking, widget: FileWidget, path: Path) -> WidgetText | None:
    """The template in a widget's file, after noting what is wrong with the file."""
    if widget.file.endswith((".yaml", ".yml")):
        message = f"{widget.file!r} is YAML, and `file` takes an export or Jinja that gives JSON"
        cure = f"write template: {{ file: {widget.file} }}"
        checking.found.add(codes.WIDGET, path, message, cure=cure)
        return None
    file = checking.loaded.base_dir / widget.file
    shown = str(checking.loaded.path.parent / widget.file)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"the file {widget.file!r} cannot be read: {reason(error)}"
        checking.found.add(codes.NO_FILE, path, message)
        return None
    checking.loaded.places.lines[shown] = text.splitlines()
    if widget.is_studio_export:
        return _read_export(checking, text, shown, path)
    return WidgetText(text, Place(shown, 1, 1))


def _read_export(checking: Checking, text: str, shown: str, path: Path) -> WidgetText | None:
    try:
        export: Any = json.loads(text)
    except json.JSONDecodeError as error:
        place = Place(shown, error.lineno, error.colno)
        message = f"this is no export of ChatKit Studio: {error.msg}"
        checking.found.add(codes.WIDGET, path, message, at=place)
        return None
    if isinstance(export, dict) and isinstance(export.get("template"), str):
        schema = export.get("jsonSchema")
        return WidgetText(export["template"], None, schema if isinstance(schema, dict) else None)
    message = "this is no export of ChatKit Studio: it has no template"
    checking.found.add(codes.WIDGET, path, message, at=Place(shown, 1, 1))
    return None
