"""Trees of data with templates in their leaves, and `for:`, `if:` and `yield:` in their maps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chatkit_host.templates import limits
from chatkit_host.templates.errors import Path, TemplateError
from chatkit_host.templates.expressions import (
    Compiled,
    Expression,
    compile_expression,
    compile_text,
    lone_expression,
)
from chatkit_host.templates.loops import Loop, compile_loop
from chatkit_host.templates.plain import to_plain

_LEFT_OUT: Any = object()
# Where a scope keeps how many more rounds the loops of this value may go; no template can name it.
_LEFT = " rounds"

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
        value = self._node.render({**scope, _LEFT: limits.Rounds()})
        return None if value is _LEFT_OUT else value

    @property
    def lone(self) -> Expression | None:
        """The expression, where the whole tree is nothing but one `{{ … }}`."""
        compiled = self._node.compiled if isinstance(self._node, _Leaf) else None
        return compiled if isinstance(compiled, Expression) else None

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
    def __init__(self, loop: Loop, body: _Node, path: Path) -> None:
        self.loop = loop
        self.body = body
        self.path = path

    def render(self, scope: dict[str, Any]) -> Any:
        rounds = self.loop.render(scope)
        scope[_LEFT].take(len(rounds))
        rendered = (self.body.render({**scope, **names}) for names in rounds)
        return [value for value in rendered if value is not _LEFT_OUT]

    def parts(self, bound: frozenset[str]) -> Iterator[Part]:
        yield (*self.path, "for"), self.loop.items, bound
        yield from self.body.parts(bound | self.loop.bound)


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
    with _Located((*path, "for")):
        return _For(compile_loop(source), body, path)


class _Located:
    """Adds the path of a leaf to what goes wrong in it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, TemplateError) and not error.path:
            raise TemplateError(error.message, error.line, self.path) from None
