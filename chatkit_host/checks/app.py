"""What the checks share: the file, where problems go, and the checks of single templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from chatkit_host.checks.scope import Fault, Scope
from chatkit_host.config import Collector, Config, Loaded, Path, codes
from chatkit_host.config.problems import nearest
from chatkit_host.config.references import Names
from chatkit_host.templates import (
    Compiled,
    TemplateError,
    WidgetCall,
    compile_expression,
    compile_text,
    compile_value,
)


class Checking:
    """A file that is being checked."""

    def __init__(self, loaded: Loaded, found: Collector) -> None:
        self.loaded = loaded
        self.found = found
        self.read: set[str] = set()
        """The names that some template of the file reads."""
        self.widget_texts: list[str] = []
        """The templates of all widgets that are files."""

    @property
    def config(self) -> Config:
        """The parts of the file that can be read."""
        return self.loaded.config

    @property
    def names(self) -> Names:
        """The names of all parts, also of those that cannot be read."""
        return self.loaded.names

    def is_lost(self, *path: str) -> bool:
        """Whether a section, or a thing that it names, is too wrong to be read."""
        return path in self.loaded.lost or path[:1] in self.loaded.lost

    def text(self, source: str | None, path: Path, scope: Scope) -> None:
        """Checks a text with templates in it."""
        if source is not None:
            self._compiled(compile_text, source, path, scope)

    def expression(self, source: str | None, path: Path, scope: Scope) -> None:
        """Checks a bare expression."""
        if source is not None:
            self._compiled(compile_expression, source, path, scope)

    def value(self, tree: Any, path: Path, scope: Scope) -> None:
        """Checks a tree with templates in its leaves."""
        try:
            parts = list(compile_value(tree).parts())
        except TemplateError as error:
            where = (*path, *error.path)
            self.found.add(codes.TEMPLATE, where, error.message, line=error.line)
            return
        for inner, part, bound in parts:
            self._uses(part, (*path, *inner), scope.plus(dict.fromkeys(bound)))

    def _compiled(
        self, compile_it: Callable[[str], Compiled], source: str, path: Path, scope: Scope
    ) -> None:
        try:
            self._uses(compile_it(source), path, scope)
        except TemplateError as error:
            self.found.add(codes.TEMPLATE, path, error.message, line=error.line)

    def _uses(self, compiled: Compiled, path: Path, scope: Scope) -> None:
        for use in compiled.uses:
            self.read.add(use.path[0])
            if fault := scope.fault(use):
                self.note_fault(fault, path, use.line)
        for call in compiled.widget_calls:
            self._widget_call(call, path)

    def _widget_call(self, call: WidgetCall, path: Path) -> None:
        """Notes a `widget(…)` of a name that is not there, or with data that does not fit."""
        if call.name is None:
            return
        if call.name not in self.names.widgets:
            hint = nearest(call.name, self.names.widgets)
            cure = None if hint else _listed(self.names.widgets)
            message = f"there is no widget {call.name!r}"
            self.found.add(codes.UNKNOWN_NAME, path, message, line=call.line, hint=hint, cure=cure)
            return
        widget = self.config.widgets.get(call.name)
        if widget is None or widget.data is None or call.keys is None:
            return
        noun = f"the widget {call.name!r}"
        for message in misfits(call.keys, widget.data, noun):
            self.found.add(codes.ARGUMENTS, path, message, line=call.line)

    def note_fault(self, fault: Fault, path: Path, line: int) -> None:
        """Notes a variable that is not there, with the nearest one that is."""
        is_null = fault.sought in ("null", "nil", "undefined", "None")
        hint = "none" if is_null else nearest(fault.sought, fault.known)
        cure = None if hint else _listed(fault.known)
        self.found.add(codes.UNKNOWN_VARIABLE, path, fault.message, line=line, hint=hint, cure=cure)


def misfits(keys: Iterable[str], schema: Mapping[str, Any], noun: str) -> Iterator[str]:
    """What is wrong with the keys of an object, by its schema."""
    given, properties = list(keys), schema.get("properties", {})
    if schema.get("additionalProperties") is False:
        yield from (f"{noun} does not take {key!r}" for key in given if key not in properties)
    yield from (f"{noun} wants {key!r}" for key in schema.get("required", ()) if key not in given)


def _listed(names: Iterable[str]) -> str:
    known = ", ".join(sorted(names))
    return f"there is: {known}" if known else "there is nothing in it"
