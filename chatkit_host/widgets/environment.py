"""Jinja as widget templates use it: values leave marks, and JavaScript's habits are understood."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from jinja2 import StrictUndefined, Template, meta, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from chatkit_host.widgets.dialect import adapted
from chatkit_host.widgets.values import Absent, JsonText, as_json, filled, mark

# No template can name this variable.
_VALUES = "\x00values"

# These give Markup, by which the author's own text is told from data.
_MARKUP_FILTERS = ("e", "escape", "forceescape", "urlize", "xmlattr")


class WidgetEnvironment(SandboxedEnvironment):
    """A sandbox in which `{{ … }}` never puts a value's text into the author's."""

    def __init__(self) -> None:
        # With autoescape, Jinja marks what comes from the author's text (`{% set x %}…`) as Markup.
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_marked)
        self.globals |= {"undefined": None, "null": None, "joiner": _Joiner}
        self.filters |= {"tojson": _tojson, "safe": _as_it_is}
        for name in _MARKUP_FILTERS:
            self.filters[name] = _as_data(self.filters[name])
        self.tests["none"] = _is_none

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A map's keys come before its methods, and lists have what they have in JavaScript."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, list | str) and attribute == "length":
            return len(obj)
        if isinstance(obj, list) and attribute == "join":
            return lambda separator=",": separator.join(map(str, obj))
        return super().getattr(obj, attribute)


@cache
def environment() -> WidgetEnvironment:
    """The one environment of all widget templates."""
    return WidgetEnvironment()


def compiled(source: str, known: frozenset[str]) -> tuple[Template, frozenset[str]]:
    """The template, and the names that it takes from the data; `known` are those of the schema."""
    env = environment()
    tree = adapted(env.parse(source), known)
    return env.from_string(tree), frozenset(meta.find_undeclared_variables(tree))


def render(template: Template, data: dict[str, Any]) -> bytes:
    """The JSON that a template gives for the data."""
    values: list[Any] = []
    return filled(template.render({**data, _VALUES: values}), values)


@pass_context
def _marked(context: Context, value: Any) -> Markup:
    return value if isinstance(value, Markup) else mark(value, context.parent[_VALUES])


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
