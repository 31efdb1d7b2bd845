"""The widgets of a chatkit.yaml as its files are now, for those who are writing them."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from chatkit_host.checks import examine
from chatkit_host.compiler.widgets import Widgets
from chatkit_host.config import Config, ConfigProblems, Draft, FileWidget, Loaded, Problem, Widget
from chatkit_host.errors import NotFoundError
from chatkit_host.gallery.notes import notes
from chatkit_host.gallery.sample_data import sample_of
from chatkit_host.templates import RenderError
from chatkit_host.types.codec import encode
from chatkit_host.widgets import DataProblem

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class LiveWidget:
    """One widget: what it takes, data to begin with, and what builds it.

    `is_old` is one that its files have now broken: it is shown as it was before.
    """

    name: str
    source: str
    schema: dict[str, Any] | None
    sample: dict[str, Any]
    widgets: Widgets
    is_old: bool = False

    def as_json(self) -> dict[str, Any]:
        """The widget for the page."""
        return {
            "name": self.name,
            "source": self.source,
            "schema": self.schema,
            "sample": self.sample,
            "isOld": self.is_old,
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the page shows of a file: it is made anew when one of the files has changed."""

    config: Config
    path: str
    widgets: Mapping[str, LiveWidget]
    actions: tuple[str, ...]
    problems: tuple[Problem, ...]
    state: str = ""
    """Another one when a file is, even if it can only be seen in what is rendered."""

    def as_json(self) -> dict[str, Any]:
        """It for the page, without the lines of files: secrets may stand in them."""
        return {
            "bot": self.config.name,
            "path": self.path,
            "state": self.state,
            "imageDomains": list(self.config.respond.allowed_image_domains or ()),
            "widgets": [widget.as_json() for widget in self.widgets.values()],
            "actions": list(self.actions),
            "problems": [
                {"line": each.line, "severity": each.severity, "widget": _widget_of(each)}
                for each in self.problems
            ],
        }


class LiveWidgets:
    """Reads the files again when they have changed; what they break stays as it was before.

    Its methods take a while: call them in a thread.
    """

    def __init__(self, loaded: Loaded, environ: Mapping[str, str]) -> None:
        self._path = loaded.path
        self._environ = environ
        self._lock = threading.Lock()
        self._files = _files_of(loaded)
        self._stamp: Stamp | None = None
        self._shown = _shown(loaded, {}, ())

    def look(self) -> Shown:
        """The widgets as they are now."""
        with self._lock:
            stamp = _stamp_of(self._files)
            if stamp != self._stamp:
                shown = self._read()
                self._stamp = _stamp_of(self._files)
                self._shown = replace(shown, state=_name_of(self._stamp))
            return self._shown

    def render(self, name: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """A widget for that data: `widget` and `notes`, or `problems`; NotFoundError if none is."""
        found = self.look().widgets.get(name)
        if found is None:
            raise NotFoundError(f"There is no widget {name!r}.")
        problems = found.widgets.problems(name, data)
        if problems:
            return {"problems": [each.as_json() for each in problems]}
        try:
            root = found.widgets.build(name, data)
        except RenderError as error:
            return {"problems": [DataProblem((), str(error)).as_json()]}
        tree = json.loads(encode(root))
        return {"widget": tree, "notes": [each.as_json() for each in notes(tree)]}

    def _read(self) -> Shown:
        try:
            draft = examine(self._path, self._environ)
        except ConfigProblems as error:
            return self._kept(error.problems)
        if draft.loaded is None:
            return self._kept(draft.found.problems)
        self._files |= _files_of(draft.loaded)
        config, names = draft.loaded.config, draft.loaded.names
        widgets = {
            name: found
            for name in (*config.widgets, *sorted(names.widgets - set(config.widgets)))
            if (found := self._made(name, draft, draft.loaded))
        }
        return _shown(draft.loaded, widgets, (*draft.found.problems, *draft.found.warnings))

    def _made(self, name: str, draft: Draft, loaded: Loaded) -> LiveWidget | None:
        """The widget as it is now; if that is broken, as it was."""
        before = self._shown.widgets.get(name)
        old = replace(before, is_old=True) if before else None
        widget = loaded.config.widgets.get(name)
        if widget is None or _is_broken(draft, name):
            return old
        try:
            return _live(name, widget, loaded)
        except (RenderError, OSError, ValueError):  # a problem has told it, or will when it is read
            return old

    def _kept(self, problems: list[Problem]) -> Shown:
        widgets = {name: replace(each, is_old=True) for name, each in self._shown.widgets.items()}
        return replace(self._shown, widgets=widgets, problems=tuple(problems))


def _shown(
    loaded: Loaded, widgets: Mapping[str, LiveWidget], problems: tuple[Problem, ...]
) -> Shown:
    actions = tuple(sorted(loaded.names.actions))
    return Shown(loaded.config, str(loaded.path), widgets, actions, problems)


def _live(name: str, widget: Widget, loaded: Loaded) -> LiveWidget:
    alone = loaded.config.model_copy(update={"widgets": {name: widget}})
    widgets = Widgets(alone, loaded.base_dir)
    schema = widgets.schema(name)
    source = widget.file if isinstance(widget, FileWidget) else loaded.path.name
    return LiveWidget(name, source, schema, _sample(widget, widgets, name), widgets)


def _sample(widget: Widget, widgets: Widgets, name: str) -> dict[str, Any]:
    """Data to begin with: the file's own, an export's own, or what the schema makes likely."""
    if widget.sample is not None:
        return widget.sample
    return widgets.sample(name) or sample_of(widgets.schema(name) or {})


def _is_broken(draft: Draft, name: str) -> bool:
    return any(each.path[:2] == ("widgets", name) for each in draft.found.problems)


def _widget_of(problem: Problem) -> str | None:
    path = problem.path
    return str(path[1]) if len(path) > 1 and path[0] == "widgets" else None


def _files_of(loaded: Loaded) -> frozenset[Path]:
    """Every file that has a part in a configuration."""
    named = [
        loaded.base_dir / widget.file
        for widget in loaded.config.widgets.values()
        if isinstance(widget, FileWidget)
    ]
    read = [Path(name) for name in loaded.places.lines]
    return frozenset([loaded.path, *loaded.files, *named, *read])


def _stamp_of(files: frozenset[Path]) -> Stamp:
    return tuple(_stamp(file) for file in sorted(files))


def _name_of(stamp: Stamp) -> str:
    return hashlib.sha256(repr(stamp).encode()).hexdigest()[:16]


def _stamp(file: Path) -> tuple[str, int, int]:
    try:
        found = file.stat()
    except OSError:
        return (str(file), 0, 0)
    return (str(file), found.st_mtime_ns, found.st_size)
