"""Trees of data with templates in their leaves, and `for:`, `if:` and `yield:` in their maps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chatkit_host.templates.errors import Path, RenderError, TemplateError
from chatkit_host.templates.expressions import (
    Compiled,
    Expression,
    compile_expression,
    compile_text,
    lone_expression,
)
from chatkit_host.templates.plain import to_plain

_FOR = re.compile(r"\s*([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s+in\s+(.+)", re.DOTALL)
_LEFT_OUT: Any = object()

Part = tuple[Path, Compiled, frozenset[str]]


class ValueTemplate:
    """A compiled tree. `names` are the variables it takes from its scope."""

    def __init__(self, node: _Node) -> None:
        self._node = node
        self.names = frozenset[str]().union(
            *(part.names - bound for _, part, bound in node.parts(frozenset()))
        )

    def render(self, scope: Mapping[str, Any]) -> Any:
        """The tree as plain data; None when its own `if:` does not hold."""
        value = self._node.render(dict(scope))
        return None if value is _LEFT_OUT else value

    def parts(self) -> Iterator[Part]:
        """The texts and expressions in it, each with its path and the names bound around it."""
        return self._node.parts(frozenset())


def compile_value(tree: Any) -> ValueTemplate:
    """A tree of maps, lists and texts; raises TemplateError with the path to the mistake."""
    return ValueTemplate(_compiled(tree, ()))


class _Node:
    """A node of a compiled tree."""

    path: Path = ()

    def render(self, scope: dict[str, Any]) -> Any:
        """The node's plain data, or _LEFT_OUT."""
        raise NotImplementedError

    def parts(self, bound: frozenset[str]) -> Iterator[Part]:
        """What is compiled in it."""
        yield from ()


class _Constant(_Node):
    def __init__(self, value: Any) -> None:
        self.value = value

    def render(self, scope: dict[str, Any]) -> Any:
        return self.value


class _Leaf(_Node):
    def __init__(self, compiled: Compiled, path: Path) -> None:
        self.compiled = compiled
        self.path = path

    def render(self, scope: dict[str, Any]) -> Any:
        return self.compiled.render(scope)

    def parts(self, bound: frozenset[str]) -> Iterator[Part]:
        yield self.path, self.compiled, bound


class _List(_Node):
    def __init__(self, items: list[_Node]) -> None:
        self.items = items

    def render(self, scope: dict[str, Any]) -> Any:
        result: list[Any] = []
        for item in self.items:
            value = item.render(scope)
            if isinstance(item, _For):
                result.extend(value)  # a loop in a list gives elements, not a list
            elif value is not _LEFT_OUT:
                result.append(value)
        return result

    def parts(self, bound: frozenset[str]) -> Iterator[Part]:
        for item in self.items:
            yield from item.parts(bound)


class _Map(_Node):
    def __init__(self, entries: dict[str, _Node]) -> None:
        self.entries = entries

    def render(self, scope: dict[str, Any]) -> Any:
        rendered = {key: node.render(scope) for key, node in self.entries.items()}
        return {key: value for key, value in rendered.items() if value is not _LEFT_OUT}

    def parts(self, bound: frozenset[str]) -> Iterator[Part]:
        for node in self.entries.values():
            yield from node.parts(bound)


class _If(_Node):
    def __init__(self, condition: Expression, body: _Node, path: Path) -> None:
        self.condition = condition
        self.body = body
        self.path = path

    def render(self, scope: dict[str, Any]) -> Any:
        return self.body.render(scope) if self.condition.holds(scope) else _LEFT_OUT

    def parts(self, bound: frozenset[str]) -> Iterator[Part]:
        yield (*self.path, "if"), self.condition, bound
        yield from self.body.parts(bound)


class _For(_Node):
    def __init__(self, names: list[str], items: Expression, body: _Node, path: Path) -> None:
        self.names = names
        self.items = items
        self.body = body
        self.path = path

    def render(self, scope: dict[str, Any]) -> Any:
        items = self._listed(self.items.render(scope))
        rendered = (self.body.render(self._scope(scope, items, i)) for i in range(len(items)))
        return [value for value in rendered if value is not _LEFT_OUT]

    def _listed(self, items: Any) -> list[Any]:
        if isinstance(items, (list, dict)):
            return list(items)
        raise RenderError(f"`for` cannot go through {items!r}: it is not a list", self.items.source)

    def _scope(self, scope: dict[str, Any], items: list[Any], i: int) -> dict[str, Any]:
        last = len(items) - 1
        loop = {"index": i + 1, "index0": i, "first": i == 0, "last": i == last}
        return {**scope, **self._bound(items[i]), "loop": {**loop, "length": last + 1}}

    def _bound(self, item: Any) -> dict[str, Any]:
        if len(self.names) == 1:
            return {self.names[0]: item}
        if isinstance(item, list) and len(item) == len(self.names):
            return dict(zip(self.names, item, strict=True))
        raise RenderError(f"{item!r} is not {len(self.names)} values", self.items.source)

    def parts(self, bound: frozenset[str]) -> Iterator[Part]:
        yield (*self.path, "for"), self.items, bound
        yield from self.body.parts(bound | {*self.names, "loop"})


def _compiled(tree: Any, path: Path) -> _Node:
    if isinstance(tree, str):
        return _leaf(tree, path)
    if isinstance(tree, list):
        return _List([_compiled(each, (*path, i)) for i, each in enumerate(tree)])
    if isinstance(tree, Mapping):
        return _mapping(dict(tree), path)
    return _Constant(to_plain(tree))


def _leaf(source: str, path: Path) -> _Node:
    if "{" not in source:
        return _Constant(source)
    with _Located(path):
        return _Leaf(lone_expression(source) or compile_text(source), path)


def _mapping(tree: dict[str, Any], path: Path) -> _Node:
    loop, condition = tree.pop("for", None), tree.pop("if", None)
    node = _body(tree, path, is_plain=loop is None and condition is None)
    if condition is not None:
        node = _If(_expression(condition, (*path, "if")), node, path)
    if loop is not None:
        node = _loop(loop, node, path)
    return node


def _body(tree: dict[str, Any], path: Path, *, is_plain: bool) -> _Node:
    if "yield" not in tree or is_plain:
        return _Map({key: _compiled(each, (*path, key)) for key, each in tree.items()})
    if len(tree) > 1:
        others = ", ".join(repr(key) for key in tree if key != "yield")
        raise TemplateError(f"beside 'yield' there is no room for {others}", 1, path)
    return _compiled(tree["yield"], (*path, "yield"))


def _expression(source: Any, path: Path) -> Expression:
    with _Located(path):
        return compile_expression(str(source).lower() if isinstance(source, bool) else str(source))


def _loop(source: Any, body: _Node, path: Path) -> _Node:
    match = _FOR.fullmatch(source) if isinstance(source, str) else None
    if not match:
        raise TemplateError("`for` is written as: name in list", 1, (*path, "for"))
    names = [name.strip() for name in match[1].split(",")]
    return _For(names, _expression(match[2], (*path, "for")), body, path)


class _Located:
    """Adds the path of a leaf to what goes wrong in it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, TemplateError) and not error.path:
            raise TemplateError(error.message, error.line, self.path) from None
