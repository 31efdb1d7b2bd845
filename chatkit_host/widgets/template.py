"""Widget templates: an export of ChatKit Studio, or any Jinja text that yields JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Template, TemplateError, TemplateSyntaxError
from pydantic import BaseModel, ValidationError

from chatkit_host.components import BasicRoot, DynamicWidgetRoot
from chatkit_host.widgets import studio
from chatkit_host.widgets.data_schema import DataSchema, property_names
from chatkit_host.widgets.environment import CompiledWidget, compiled, render
from chatkit_host.widgets.problems import DataProblem, WidgetError

_Root = TypeVar("_Root", DynamicWidgetRoot, BasicRoot)
_NEAR = 40


class WidgetTemplate:
    """Builds widgets from data.

    Values are filled in as data: whatever text they hold, they stay inside the place that the
    template gives them.
    """

    def __init__(self, definition: Mapping[str, Any]) -> None:
        """`definition` is what a `.widget` file holds; `template` may be a compiled one.

        A template that was compiled elsewhere is rendered as it was made: as text.
        """
        self.name: str = definition.get("name") or "widget"
        self.version = definition.get("version")
        if self.version != "1.0":
            raise self._error(f"version {self.version!r} is not one that is known here (1.0)")
        self.data_schema: dict[str, Any] = definition.get("jsonSchema") or {}
        if not isinstance(self.data_schema, dict):
            raise self._error("jsonSchema is not an object")
        self._definition = definition
        found = self._compile(definition.get("template"))
        self.template = found.template
        self._data = DataSchema(self.data_schema, spare=found.names, read=found.keys)

    @classmethod
    def from_file(cls, file_path: str | Path) -> WidgetTemplate:
        """The template in a `.widget` file; a relative path begins at the caller's own file."""
        path = Path(file_path)
        if not path.is_absolute():
            caller = sys._getframe(1).f_code.co_filename
            path = Path(caller).resolve().parent / path
        with path.open(encoding="utf-8") as file:
            return cls(json.load(file))

    def build(self, data: Mapping[str, Any] | BaseModel | None = None) -> DynamicWidgetRoot:
        """The widget for `data`; WidgetError says what is wrong with the data or the template."""
        return self._build(DynamicWidgetRoot, data)

    def build_basic(self, data: Mapping[str, Any] | BaseModel | None = None) -> BasicRoot:
        """Like `build`, for a template whose root is a Basic."""
        return self._build(BasicRoot, data)

    def tree(self, data: Mapping[str, Any] | BaseModel | None = None) -> dict[str, Any]:
        """The widget's JSON for `data`, not yet held against the components."""
        return self._parsed(self._rendered(data))

    def problems(self, data: Mapping[str, Any]) -> list[DataProblem]:
        """Everything that is wrong with data, by the template's schema."""
        return self._data.problems(data)

    @cached_property
    def default_state(self) -> dict[str, Any] | None:
        """The sample data that Studio keeps in the export; None if there is none to be read."""
        return studio.default_state(self._definition.get("encodedWidget"))

    @property
    def preview(self) -> dict[str, Any] | None:
        """What Studio made of that sample data; None if the export does not say."""
        preview = self._definition.get("outputJsonPreview")
        return preview if isinstance(preview, dict) else None

    def _compile(self, template: Any) -> CompiledWidget:
        if isinstance(template, Template):
            return CompiledWidget(template)
        if not isinstance(template, str):
            raise self._error("it has no template; export it from ChatKit Studio again")
        try:
            return compiled(template, property_names(self.data_schema))
        except TemplateSyntaxError as fault:
            raise self._error(f"template, line {fault.lineno}: {fault.message}") from None

    def _build(self, root: type[_Root], data: Mapping[str, Any] | BaseModel | None) -> _Root:
        text = self._rendered(data)
        try:
            if studio.may_need_mending(text):
                return root.model_validate(self._parsed(text))
            return root.model_validate_json(text)
        except ValidationError as fault:
            if fault.errors(include_input=False, include_url=False)[0]["type"] == "json_invalid":
                self._parsed(text)
            raise self._error(_first_problem(fault)) from None

    def _rendered(self, data: Mapping[str, Any] | BaseModel | None) -> bytes:
        given = data.model_dump() if isinstance(data, BaseModel) else data or {}
        try:
            fitting = self._data.fit(given)
            if self.template.environment.finalize is None:  # compiled elsewhere
                return self.template.render(fitting).encode("utf-8", "replace")
            return render(self.template, fitting)
        except WidgetError as fault:
            raise self._error(str(fault)) from None
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as fault:
            raise self._error(f"template: {fault}") from fault

    def _parsed(self, text: bytes) -> dict[str, Any]:
        try:
            tree = json.loads(text)
        except json.JSONDecodeError as fault:
            near = fault.doc[max(0, fault.pos - _NEAR) : fault.pos + _NEAR]
            raise self._error(
                f"the template does not yield JSON: {fault.msg}, near {near!r}"
            ) from None
        if not isinstance(tree, dict):
            raise self._error("the template yields JSON that is not an object")
        studio.mend(tree)
        return tree

    def _error(self, problem: str) -> WidgetError:
        return WidgetError(f"widget {self.name}: {problem}")


def _first_problem(fault: ValidationError) -> str:
    # Of the alternatives that a node has, the one that went furthest is the one that was meant.
    problems = fault.errors(include_input=False, include_url=False)
    problem = max(problems, key=lambda each: len(each["loc"]))
    steps = [str(step) for step in problem["loc"] if "DynamicWidget" not in str(step)]
    told = problem["msg"].replace("Input should", "should", 1)
    return f"{'.'.join(steps) or 'root'}: {'is missing' if problem['type'] == 'missing' else told}"
