"""`widgets`: their files, their templates, what they are made of, and what they send."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from chatkit_host.checks.app import Checking
from chatkit_host.checks.scope import Scope
from chatkit_host.checks.shapes import shape_of_schema, shape_of_value
from chatkit_host.checks.widget_files import WidgetText, read_widget
from chatkit_host.checks.widget_trees import check_tree, note_unhandled
from chatkit_host.config import FileWidget, Path, Place, TreeWidget, codes
from chatkit_host.config.problems import nearest
from chatkit_host.templates import Compiled, TemplateError, compile_text
from chatkit_host.templates.keys import keys_in, strange_keys

# Before the action may stand what decides whether there is one: `{% if … %}{{ none }}{% else %}`.
_ACTION = re.compile(
    r'"(?:\w*Action|action)"\s*:\s*(?:\{%[^%]*%\}|\{\{[^}]*\}\}|\s)*'
    r'\{\s*"type"\s*:\s*"(?P<type>[^"{]+)"(?P<rest>[^}]*)'
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
    checking.widget_texts.append(text.template)
    if widget.with_ is not None:
        _check_with(checking, widget, widget.with_, text, ("widgets", path[1], "with"))
    try:
        compiled = compile_text(text.template)
    except TemplateError as error:
        message = f"the template of {widget.file!r} is wrong: {error.message}"
        _note(checking, codes.TEMPLATE, text, path, error.line, message)
        return
    _check_names(checking, widget, text, compiled, path)
    if text.schema is not None and widget.data is None:
        _warn_of_outgrown(checking, widget, text, text.schema, compiled, path)
    _check_sent(checking, text, path)


def _check_with(
    checking: Checking,
    widget: FileWidget,
    given: dict[str, Any],
    text: WidgetText,
    path: Path,
) -> None:
    """Checks what `with` is made of, and that an export wants what it gives, and gets the rest."""
    if widget.data is None:
        cure = "say in `data` what the widget is given"
        checking.found.add(codes.MISSING_KEY, path, "'data' is missing", key=True, cure=cure)
        return
    shape = shape_of_schema(widget.data)
    if shape is not None:
        checking.value(given, path, Scope(shape))
    if text.schema is None or any(key in given for key in ("for", "if", "yield")):
        return
    wanted = text.schema.get("properties")
    known = wanted if isinstance(wanted, dict) else {}
    for key in given.keys() - known.keys():
        message = f"the widget {widget.file!r} takes no {key!r}"
        where = (*path, key)
        checking.found.add(codes.WIDGET, where, message, key=True, hint=nearest(key, known))
    required = text.schema.get("required")
    for key in required if isinstance(required, list) else []:
        if key not in given:
            message = f"the widget {widget.file!r} wants {key!r}, which `with` does not give"
            checking.found.add(codes.WIDGET, path, message, key=True)


def _check_names(
    checking: Checking, widget: FileWidget, text: WidgetText, compiled: Compiled, path: Path
) -> None:
    # An export's own schema is what Studio made of it; one that is written here is meant.
    given = widget.with_
    shape = shape_of_schema(widget.data) if given is None else shape_of_value(given)
    if shape is None:
        return
    scope = Scope({**shape, **dict.fromkeys(_STUDIO_NAMES)})
    for use in compiled.uses:
        if fault := scope.fault(use):
            source = "data" if given is None else "with"
            message = f"{fault.message}, as `{source}` has it"
            _note(checking, codes.UNKNOWN_VARIABLE, text, path, use.line, message)


def _warn_of_outgrown(
    checking: Checking,
    widget: FileWidget,
    text: WidgetText,
    schema: dict[str, Any],
    compiled: Compiled,
    path: Path,
) -> None:
    """Warns of what an export's template reads and its own schema lacks: it is taken unchecked."""
    properties = schema.get("properties")
    known = {*_STUDIO_NAMES, *(properties if isinstance(properties, dict) else ())}
    names = {use.path[0] for use in compiled.uses} - known if properties else set()
    for name in sorted(names | strange_keys(keys_in(text.template), schema)):
        message = f"{widget.file!r} reads {name!r}, which its jsonSchema does not have"
        cure = "export it again, or say in `data` what the widget is given"
        checking.found.add(codes.WIDGET, path, message, cure=cure, severity="warning")


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
