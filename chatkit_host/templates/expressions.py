"""Texts and bare expressions, compiled once: their names are known before they run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.meta import find_undeclared_variables
from jinja2.parser import Parser

from chatkit_host.templates.environment import AS_DATA, environment
from chatkit_host.templates.errors import RenderError, TemplateError
from chatkit_host.templates.named import check_names
from chatkit_host.templates.plain import to_plain
from chatkit_host.templates.uses import Use, WidgetCall, uses_of, widget_calls_of

T = TypeVar("T")

_RESULT = "_chatkit_value"
_FOREIGN = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


class Compiled:
    """What texts and expressions have in common: a source, the names it uses, and a way to run."""

    def __init__(self, source: str, tree: nodes.Template | None) -> None:
        self.source = source
        if tree:
            check_names(tree)
        self.names = _guard(lambda: _names(tree))
        self.uses: tuple[Use, ...] = uses_of(tree, self.names) if tree else ()
        self.widget_calls: tuple[WidgetCall, ...] = widget_calls_of(tree) if tree else ()

    def render(self, scope: Mapping[str, Any]) -> Any:
        """What the source stands for, with the data of a scope."""
        raise NotImplementedError

    def parts(self) -> Iterator[tuple[tuple[str | int, ...], Compiled, frozenset[str]]]:
        """The texts and expressions in it, each with its path and the names bound around it."""
        yield (), self, frozenset()

    def _guarded(self, run: Callable[[], Any]) -> Any:
        try:
            return run()
        except JinjaError as error:
            raise RenderError(error.message or "the template failed", self.source) from error
        except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
            raise RenderError(str(error) or type(error).__name__, self.source) from error


class TextTemplate(Compiled):
    """Text with `{{ … }}` in it; with `escape`, what is filled in cannot open or close a tag."""

    def __init__(self, source: str, *, escape: bool = False) -> None:
        tree = _parsed(source) if "{" in source else None
        if tree and escape:
            _escape_values(tree)
        super().__init__(source, tree)
        self._template = _template(tree) if tree else None

    def render(self, scope: Mapping[str, Any]) -> str:
        template = self._template
        if template is None:
            return self.source
        return str(self._guarded(lambda: _joined(template, scope)))


class Expression(Compiled):
    """A bare expression; gives plain data, never something undefined."""

    def __init__(self, source: str, node: nodes.Expr) -> None:
        target = nodes.Name(_RESULT, "store", lineno=1)
        tree = nodes.Template([nodes.Assign(target, node, lineno=1)], lineno=1)
        tree.set_environment(environment())
        super().__init__(source, tree)
        self._template = _template(tree)

    def render(self, scope: Mapping[str, Any]) -> Any:
        return self._guarded(lambda: to_plain(self._value(scope)))

    def live(self, scope: Mapping[str, Any]) -> Any:
        """As `render`, but a map or list is the very one that the scope has.

        Such a result is for looking at which one it is; what else is done with it wants
        `to_plain`, for it may hold what is no data.
        """

        def run() -> Any:
            value = self._value(scope)
            return value if isinstance(value, (dict, list)) else to_plain(value)

        return self._guarded(run)

    def holds(self, scope: Mapping[str, Any]) -> bool:
        """Whether the expression is true of a scope; what is undefined is an error."""
        return bool(self._guarded(lambda: bool(self._value(scope))))

    def _value(self, scope: Mapping[str, Any]) -> Any:
        context = self._template.new_context(dict(scope))
        for _ in self._template.root_render_func(context):
            pass
        return context.vars[_RESULT]


@lru_cache(maxsize=4096)
def compile_text(source: str, *, escape: bool = False) -> TextTemplate:
    """A text with templates in it; raises TemplateError with the line of the mistake.

    With `escape`, `&`, `<` and `>` are escaped in what is filled in, for texts with tags that a
    model reads: data must not close a tag that the author has opened.
    """
    return TextTemplate(source, escape=escape)


@lru_cache(maxsize=4096)
def compile_expression(source: str) -> Expression:
    """A bare expression; raises TemplateError when it is none."""
    bare = source.strip()
    if bare.startswith("{{"):
        raise TemplateError("a bare expression is wanted here, without {{ and }}")
    parser = _guard(lambda: Parser(environment(), bare, state="variable"))
    node = _guard(lambda: _whole_expression(parser))
    return Expression(source, node)


def lone_expression(source: str) -> Expression | None:
    """The expression of a text that is nothing but one `{{ … }}`, or None."""
    if not source.strip().startswith("{{"):
        return None
    match _parsed(source.strip()).body:
        case [nodes.Output(nodes=[node])] if not isinstance(node, nodes.TemplateData):
            return Expression(source, node)
    return None


def _names(tree: nodes.Template | None) -> frozenset[str]:
    return frozenset(find_undeclared_variables(tree)) if tree else frozenset()


def _whole_expression(parser: Parser) -> nodes.Expr:
    node = parser.parse_expression()
    if not parser.stream.eos:
        rest = "; == compares" if parser.stream.current.type == "assign" else ""
        raise TemplateSyntaxError(f"there is something after the expression{rest}", 1)
    node.set_environment(parser.environment)
    return node


def _parsed(source: str) -> nodes.Template:
    tree = _guard(lambda: environment().parse(source))
    for foreign in tree.find_all(_FOREIGN):
        raise TemplateError("templates cannot take in other templates", foreign.lineno)
    return tree


def _escape_values(tree: nodes.Template) -> None:
    for output in tree.find_all(nodes.Output):
        output.nodes = [
            node if isinstance(node, nodes.TemplateData) else _escaped(node)
            for node in output.nodes
        ]


def _escaped(node: nodes.Expr) -> nodes.Expr:
    filtered = nodes.Filter(node, AS_DATA, [], [], None, None, lineno=node.lineno)
    filtered.set_environment(environment())
    return filtered


def _template(tree: nodes.Template) -> Template:
    def build() -> Template:
        env = environment()
        return Template.from_code(env, env.compile(tree), env.make_globals(None))

    return _guard(build)


def _joined(template: Template, scope: Mapping[str, Any]) -> str:
    context = template.new_context(dict(scope))
    return template.environment.concat(template.root_render_func(context))


def _guard(run: Callable[[], T]) -> T:
    try:
        return run()
    except TemplateSyntaxError as error:
        raise TemplateError(_said(error), error.lineno) from None
    except RecursionError:
        raise TemplateError("this is nested too deeply") from None


_OPEN_BLOCK = re.compile(r"end of template.*block that needs to be closed is '(\w+)'", re.DOTALL)
_END = "unexpected end of template, expected "
_WORDS = {
    f"{_END}'end of print statement'": "a {{ has no }} that closes it",
    f"{_END}'end of statement block'": "a {% has no %} that closes it",
    "unexpected '}', expected ')'": "a ( is not closed",
    "unexpected '}'": "a } too many, or one too few",
    "unexpected 'end of template'": "the expression ends too early",
    "unexpected char '&'": "& means nothing here: write and",
    "unexpected '|'": "| has no filter behind it; write or, if that is meant",
    "unexpected char '!'": "! means nothing here: write not",
    "unexpected char '?'": "? means nothing here: write a if b else c",
}


def _said(error: TemplateSyntaxError) -> str:
    said = (error.message or "the template cannot be read").rstrip(".")
    if block := _OPEN_BLOCK.search(said):
        return f"a {{% {block[1]} %}} has no {{% end{block[1]} %}}"
    return next((words for known, words in _WORDS.items() if said.startswith(known)), said)
