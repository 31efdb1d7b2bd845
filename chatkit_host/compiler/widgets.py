"""`widgets:` → things that build a widget from data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from chatkit_host.compiler.component_text import with_texts
from chatkit_host.config.actions import ClientAction
from chatkit_host.config.root import Config
from chatkit_host.config.widgets import FileWidget, TreeWidget, Widget
from chatkit_host.templates import RenderError, ValueTemplate, compile_value
from chatkit_host.widgets import (
    DataProblem,
    DynamicWidgetRoot,
    WidgetRoot,
    WidgetTemplate,
    tree_actions,
)


class WidgetSource(Protocol):
    """How one kind of widget becomes a tree of components."""

    def render(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The tree, for data that has been checked."""

    @property
    def template(self) -> WidgetTemplate | None:
        """The file that says itself what it takes, if there is one."""


class Widgets:
    """All declared widgets, by name."""

    def __init__(self, config: Config, base_dir: Path) -> None:
        self._sources = {
            name: _compile(name, widget, base_dir) for name, widget in config.widgets.items()
        }
        self._schemas = {
            name: widget.data for name, widget in config.widgets.items() if widget.data is not None
        }
        self._actions = config.actions

    def build(self, name: str, data: Mapping[str, Any]) -> WidgetRoot:
        """The widget, ready to be shown.

        Raises:
            RenderError: the data does not fit the widget's schema or template.
        """
        schema = self._schemas.get(name)
        given = dict(data) if schema is None else _checked(name, schema, data)
        tree = self._sources[name].render(given)
        for action in tree_actions(tree):
            self._settle(action)
        return DynamicWidgetRoot.model_validate(tree)

    def schema(self, name: str) -> dict[str, Any] | None:
        """What a widget takes: the file's word, or else its export's; None if there is none."""
        template = self._sources[name].template
        return self._schemas.get(name) or (template.data_schema if template else None) or None

    def sample(self, name: str) -> dict[str, Any] | None:
        """The data that ChatKit Studio keeps in an export, where the widget takes such data."""
        template = self._sources[name].template
        return template.default_state if template and name not in self._schemas else None

    def problems(self, name: str, data: Mapping[str, Any]) -> list[DataProblem]:
        """Everything that is wrong with data; `build` raises the worst of it."""
        schema, template = self._schemas.get(name), self._sources[name].template
        if schema is None:
            return template.problems(data) if template else []
        errors = Draft202012Validator(schema).iter_errors(dict(data))
        return [DataProblem(tuple(each.absolute_path), each.message) for each in errors]

    def _settle(self, action: dict[str, Any]) -> None:
        """Say in the widget what `actions:` says: who handles an action, and how."""
        declared = self._actions.get(action.get("type", ""))
        if declared is None:
            return
        if isinstance(declared, ClientAction):
            action.setdefault("handler", "client")
        elif declared.sync:
            action.setdefault("streaming", False)


class _Template:
    """A widget file: an export of ChatKit Studio, or Jinja that yields JSON."""

    def __init__(self, definition: dict[str, Any]) -> None:
        self.template = WidgetTemplate(definition)

    def render(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return self.template.tree(dict(data))


class _Adapted:
    """A widget file that gets, in place of the data, what `with:` makes of it."""

    template = None

    def __init__(self, inner: WidgetSource, adapter: ValueTemplate) -> None:
        self._inner = inner
        self._adapter = adapter

    def render(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return self._inner.render(self._adapter.render(data))


class _Tree:
    """A widget written as the tree itself, with templates in its leaves."""

    template = None

    def __init__(self, value: ValueTemplate) -> None:
        self._value = value

    def render(self, data: Mapping[str, Any]) -> dict[str, Any]:
        tree: dict[str, Any] = with_texts(self._value.render(data))
        return tree


def _compile(name: str, widget: Widget, base_dir: Path) -> WidgetSource:
    if isinstance(widget, TreeWidget):
        return _Tree(compile_value(widget.template))
    source = _Template(_definition(name, widget, base_dir))
    return source if widget.with_ is None else _Adapted(source, compile_value(widget.with_))


def _definition(name: str, widget: FileWidget, base_dir: Path) -> dict[str, Any]:
    text = (base_dir / widget.file).read_text(encoding="utf-8")
    if not widget.is_studio_export:
        return {"version": "1.0", "name": name, "template": text}
    definition: dict[str, Any] = json.loads(text)
    if widget.data is not None and widget.with_ is None:  # it replaces the export's own schema
        definition.pop("jsonSchema", None)
    return definition


def _checked(name: str, schema: dict[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(data)
    problem = best_match(Draft202012Validator(schema).iter_errors(given))
    if problem is not None:
        where = ".".join(str(part) for part in problem.absolute_path)
        raise RenderError(f"widget {name}: data{'.' + where if where else ''}: {problem.message}")
    return {key: given.get(key) for key in {**schema.get("properties", {}), **given}}
