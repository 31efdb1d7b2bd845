"""What a template reads of its data, known from its syntax: `state.cat.name` in line 3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import nodes


@dataclass(frozen=True, slots=True)
class Use:
    """One reading of a variable: its name and the constant keys after it, and its line.

    `optional` when what is missing does no harm there: before `default`, or in `is defined`.
    """

    path: tuple[str, ...]
    line: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class WidgetCall:
    """One `widget(…)`: the name and the data's keys, as far as they are written out; its line."""

    name: str | None
    keys: tuple[str, ...] | None
    line: int


def widget_calls_of(tree: nodes.Template) -> tuple[WidgetCall, ...]:
    """Every call of `widget` in a template."""
    found = tree.find_all(nodes.Call)
    return tuple(_widget_call(each) for each in found if _calls_widget(each))


def _calls_widget(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name == "widget"


def _widget_call(call: nodes.Call) -> WidgetCall:
    name, *data = call.args or [nodes.Const(None)]
    written = name.value if isinstance(name, nodes.Const) else None
    is_open = bool(data) or call.dyn_args is not None or call.dyn_kwargs is not None
    keys = None if is_open else tuple(each.key for each in call.kwargs)
    return WidgetCall(written if isinstance(written, str) else None, keys, call.lineno)


def uses_of(tree: nodes.Template, names: frozenset[str]) -> tuple[Use, ...]:
    """The readings of the undeclared `names` in a template, as far as their keys are constant."""
    return tuple(use for use in _uses(tree, False) if use.path[0] in names)


def _uses(node: nodes.Node, optional: bool) -> Iterator[Use]:
    path = _path(node)
    if path:
        yield Use(path, node.lineno, optional)
        return
    lenient = _is_lenient(node)
    for i, child in enumerate(node.iter_child_nodes()):
        yield from _uses(child, lenient and i == 0)


def _path(node: nodes.Node) -> tuple[str, ...]:
    """The name and the constant keys of `a.b['c']`; empty for anything else."""
    match node:
        case nodes.Name(name=name, ctx="load"):
            return (name,)
        case nodes.Getattr(node=inner, attr=attr):
            path = _path(inner)
            return (*path, attr) if path else ()
        case nodes.Getitem(node=inner, arg=nodes.Const(value=str() as key)):
            path = _path(inner)
            return (*path, key) if path else ()
    return ()


def _is_lenient(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Filter):
        return node.name in ("default", "d")
    return isinstance(node, nodes.Test) and node.name in ("defined", "undefined")
