"""Mends in a template's tree what exports of ChatKit Studio leave of the JSX they are made from."""

from __future__ import annotations

from jinja2 import meta, nodes
from jinja2.visitor import NodeTransformer


def adapted(template: nodes.Template, known: frozenset[str]) -> nodes.Template:
    """The same tree, mended; `known` are the names that the data has."""
    _AuthorsText().visit(template)
    if "index" not in known and "index" in meta.find_undeclared_variables(template):
        _BareIndex().visit(template)
    return template


class _AuthorsText(NodeTransformer):
    """`{{ "," if not loop.last }}` writes the author's text, not a value."""

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - Jinja's naming
        node.nodes = [_as_text(child) for child in node.nodes]
        return node


def _as_text(expression: nodes.Expr) -> nodes.Expr:
    if isinstance(expression, nodes.Const) and isinstance(expression.value, str):
        return nodes.MarkSafe(expression, lineno=expression.lineno)
    if isinstance(expression, nodes.CondExpr):
        nothing = nodes.Const("", lineno=expression.lineno)
        expression.expr1 = _as_text(expression.expr1)
        expression.expr2 = _as_text(expression.expr2 or nothing)
    return expression


class _BareIndex(NodeTransformer):
    """`index` of `items.map((item, index) => …)` is `loop.index0`."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - Jinja's naming
        node.body = [_LoopIndex().visit(child) for child in node.body]
        return node


class _LoopIndex(NodeTransformer):
    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802 - Jinja's naming
        if node.name != "index" or node.ctx != "load":
            return node
        loop = nodes.Name("loop", "load", lineno=node.lineno)
        return nodes.Getattr(loop, "index0", "load", lineno=node.lineno)
