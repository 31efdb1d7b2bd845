"""`entities`: their templates, and whether each kind can be reached."""

from __future__ import annotations

from chatkit_host.checks.app import Checking
from chatkit_host.checks.arguments import check_arguments
from chatkit_host.checks.scope import Scope
from chatkit_host.config import Path, codes

TAG = ("id", "title", "group", "icon", "interactive", "data")


def check_entities(checking: Checking, scope: Scope) -> None:
    """Checks every kind of entity."""
    about_tag = scope.plus({"tag": dict.fromkeys(TAG)})
    takes_all: str | None = None
    for name, kind in checking.config.entities.items():
        path: Path = ("entities", name)
        checking.expression(kind.if_, (*path, "if"), about_tag)
        checking.text(kind.context, (*path, "context"), about_tag)
        if kind.search is not None:
            checking.value(kind.search, (*path, "search"), scope.plus({"query": None}))
        if kind.preview is not None:
            where = (*path, "preview", "data")
            checking.value(kind.preview.data, where, about_tag)
            widget = checking.config.widgets.get(kind.preview.name)
            if widget is not None:
                noun = f"the widget {kind.preview.name!r}"
                known = checking.loaded.places.values
                at = where if where in known else where[:-1]
                check_arguments(checking, kind.preview.data, widget.data, at, noun)
        if takes_all is not None:
            message = f"no tag is of this kind: {takes_all!r} before it has no `if`, and takes all"
            cure = f"give {takes_all!r} an `if`, or put it last"
            checking.found.add(codes.UNFIT, path, message, key=True, cure=cure)
        elif kind.if_ is None:
            takes_all = name
