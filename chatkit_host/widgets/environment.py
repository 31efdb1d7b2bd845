"""Jinja as widget templates use it: values leave marks, and JavaScript's habits are understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any

from jinja2 import Template, meta, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from chatkit_host.templates.environment import Environment
from chatkit_host.templates.keys import keys_of
from chatkit_host.widgets.dialect import adapted
from chatkit_host.widgets.values import Absent, JsonText, as_json, filled, mark

# No template can name this variable.
_VALUES = "\x00values"

_ADDING = ("append", "extend", "insert")

# These give Markup, by which the author's own text is told from data.
_MARKUP_FILTERS = ("e", "escape", "forceescape", "urlize", "xmlattr")


class WidgetEnvironment(Environment):
    """The house's sandbox, in which `{{ … }}` never puts a value's text into the author's."""

    def __init__(self) -> None:
        super().__init__()
        # With autoescape, Jinja marks what comes from the author's text (`{% set x %}…`) as Markup.
        self.autoescape = True
        self.finalize = _marked
        self.trim_blocks = self.lstrip_blocks = False  # exports are written for Jinja as it comes
        self.globals |= {"undefined": None, "null": None, "joiner": _Joiner}
        self.filters |= {"tojson": _tojson, "safe": _as_it_is}
        for name in _MARKUP_FILTERS:
            self.filters[name] = _as_data(self.filters[name])
        self.tests["none"] = _is_none

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Lists have what they have in JavaScript."""
        if isinstance(obj, list | str) and attribute == "length":
            return len(obj)
        if isinstance(obj, list) and attribute == "join":
            return lambda separator=",": separator.join(map(str, obj))
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """`"Step " + 2`: a text and something else with it, as in JavaScript."""
        if operator == "+" and isinstance(left, str) != isinstance(right, str):
            left, right = _in_words(left), _in_words(right)
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Templates may add to lists: their data is a copy, and some build their tree that way."""
        if isinstance(obj, list) and attr in _ADDING:
            return True
        return super().is_safe_attribute(obj, attr, value)


@cache
def environment() -> WidgetEnvironment:
    """The one environment of all widget templates."""
    return WidgetEnvironment()


@dataclass(frozen=True, slots=True)
class CompiledWidget:
    """A template, the names that it takes from the data, and the keys that it reads of these."""

    template: Template
    names: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()


def compiled(source: str, known: frozenset[str]) -> CompiledWidget:
    """The template of a text; `known` are the names that the schema gives the data."""
    env = environment()
    tree = adapted(env.parse(source), known)
    names, keys = frozenset(meta.find_undeclared_variables(tree)), keys_of(tree)
    return CompiledWidget(env.from_string(tree), names, keys)


def render(template: Template, data: dict[str, Any]) -> bytes:
    """The JSON that a template gives for the data."""
    values: list[Any] = []
    return filled(template.render({**data, _VALUES: values}), values)


@pass_context
def _marked(context: Context, value: Any) -> Markup:
    return value if isinstance(value, Markup) else mark(value, context.parent[_VALUES])


def _in_words(value: Any) -> Any:
    """What a number or truth is beside a text; anything else stays what it is."""
    if value is None or isinstance(value, Absent):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) else value


def _tojson(value: Any, indent: int | None = None) -> JsonText:  # noqa: ARG001 - Jinja's signature
    return JsonText(as_json(value))


def _as_it_is(value: Any) -> Any:
    """`safe` cannot make a value the author's text."""
    return value


def _as_data(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)  # keeps what Jinja has noted about the arguments
    def filter_(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        return str(result) if isinstance(result, Markup) else result

    return filter_


def _is_none(value: Any) -> bool:
    return value is None or isinstance(value, Absent)


class _Joiner:
    """Jinja's `joiner`: nothing at first, and the author's separator from then on."""

    def __init__(self, sep: str = ", ") -> None:
        self._separator = Markup(sep)  # noqa: S704 - the author's text
        self._used = False

    def __call__(self) -> Markup:
        if self._used:
            return self._separator
        self._used = True
        return Markup("")
