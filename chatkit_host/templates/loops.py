"""`name in list`: what `for:` says, in values and in steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chatkit_host.templates.errors import RenderError, TemplateError
from chatkit_host.templates.expressions import Expression, compile_expression

_FOR = re.compile(r"\s*([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s+in\s+(.+)", re.DOTALL)


class Loop:
    """A compiled `for:`: the names that it binds, and what it goes through."""

    def __init__(self, names: list[str], items: Expression) -> None:
        self.names = names
        self.items = items

    @property
    def bound(self) -> frozenset[str]:
        """Every name that is there inside the loop, and not outside."""
        return frozenset({*self.names, "loop"})

    def render(self, scope: Mapping[str, Any]) -> list[dict[str, Any]]:
        """For each element, the names that it gives; all of them plain data."""
        return list(self._bindings(self._listed(self.items.render(scope))))

    def live(self, scope: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The same, but maps and lists are those of the scope, and not copies."""
        return list(self._bindings(self._listed(self.items.live(scope))))

    def _listed(self, items: Any) -> list[Any]:
        if isinstance(items, (list, dict)):
            return list(items)
        raise RenderError(f"`for` cannot go through {items!r}: it is not a list", self.items.source)

    def _bindings(self, items: list[Any]) -> Iterator[dict[str, Any]]:
        last = len(items) - 1
        for i, item in enumerate(items):
            loop = {"index": i + 1, "index0": i, "first": i == 0, "last": i == last}
            yield {**self._named(item), "loop": {**loop, "length": last + 1}}

    def _named(self, item: Any) -> dict[str, Any]:
        if len(self.names) == 1:
            return {self.names[0]: item}
        if isinstance(item, list | tuple) and len(item) == len(self.names):
            return dict(zip(self.names, item, strict=True))
        raise RenderError(f"{item!r} is not {len(self.names)} values", self.items.source)


def compile_loop(source: Any) -> Loop:
    """What `for:` says; raises TemplateError where it is no loop."""
    match = _FOR.fullmatch(source) if isinstance(source, str) else None
    if not match:
        raise TemplateError("`for` is written as: name in list")
    names = [name.strip() for name in match[1].split(",")]
    return Loop(names, compile_expression(match[2]))
