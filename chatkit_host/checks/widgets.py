"""`widgets`: their files, their templates, what they are made of, and what they send."""

from __future__ import annotations

import re
from dataclasses import replace

from chatkit_host.checks.app import Checking
from chatkit_host.checks.scope import Scope
from chatkit_host.checks.shapes import shape_of_schema
from chatkit_host.checks.widget_files import WidgetText, read_widget
from chatkit_host.checks.widget_trees import check_tree, note_unhandled
from chatkit_host.config import FileWidget, Path, Place, TreeWidget, codes
from chatkit_host.templates import Compiled, TemplateError, compile_text

_ACTION = re.compile(
    r'"(?:\w*Action|action)"\s*:\s*\{\s*"type"\s*:\s*"(?P<type>[^"{]+)"(?P<rest>[^}]*)'
)
_CLIENT = re.compile(r'"handler"\s*:\s*"client"')
# Names that the templates of ChatKit Studio know besides their data.
_STUDIO_NAMES = ("undefined", "null", "index", "joiner")


def check_widgets(checking: Checking) -> None:
    """Checks every widget."""
    for name, widget in checking.config.widgets.items():
        if isinstance(widget, TreeWidget):
            _check_tree_widget(checking, widget, ("widgets", name))
        else:
            _check_file_widget(checking, widget, ("widgets", name))


def _check_tree_widget(checking: Checking, widget: TreeWidget, path: Path) -> None:
    path = (*path, "template")
    shape = shape_of_schema(widget.data)
    if widget.data is None or shape is not None:
        checking.value(widget.template, path, Scope(shape or {}))
    check_tree(checking, widget.template, path)


def _check_file_widget(checking: Checking, widget: FileWidget, path: Path) -> None:
    places = checking.loaded.places.values
    path = (*path, "file") if (*path, "file") in places else path
    text = read_widget(checking, widget, path)
    if text is None:
        return
    try:
        compiled = compile_text(text.template)
    except TemplateError as error:
        message = f"the template of {widget.file!r} is wrong: {error.message}"
        _note(checking, codes.TEMPLATE, text, path, error.line, message)
        return
    _check_names(checking, widget, text, compiled, path)
    _check_sent(checking, text, path)


def _check_names(
    checking: Checking, widget: FileWidget, text: WidgetText, compiled: Compiled, path: Path
) -> None:
    # An export's own schema is what Studio made of it; one that is written here is meant.
    shape = shape_of_schema(widget.data)
    if shape is None:
        return
    scope = Scope({**shape, **dict.fromkeys(_STUDIO_NAMES)})
    for use in compiled.uses:
        if fault := scope.fault(use):
            message = f"{fault.message}, as `data` has it"
            _note(checking, codes.UNKNOWN_VARIABLE, text, path, use.line, message)


def _check_sent(checking: Checking, text: WidgetText, path: Path) -> None:
    for match in _ACTION.finditer(text.template):
        if match["type"] in checking.names.actions or _CLIENT.search(match["rest"]):
            continue
        line = text.template.count("\n", 0, match.start("type")) + 1
        note_unhandled(checking, match["type"], path, _at(text, line))


def _note(
    checking: Checking, code: str, text: WidgetText, path: Path, line: int, message: str
) -> None:
    checking.found.add(code, path, message, at=_at(text, line))


def _at(text: WidgetText, line: int) -> Place | None:
    """The place of a line of a file's own template; an export has no lines worth naming."""
    return replace(text.place, line=line) if text.place else None
