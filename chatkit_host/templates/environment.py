"""The sandbox that every template of this project runs in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace, missing

from chatkit_host.templates import limits
from chatkit_host.templates.filters import all_filters, contains, match
from chatkit_host.templates.plain import iso, to_plain

# What a template may look into: data, and what Jinja itself makes of a template.
_DATA = (Mapping, str, list, tuple, int, float, datetime, date, time, timedelta)
_JINJA = (LoopContext, Macro, Cycler, Joiner, Namespace, Undefined)


AS_DATA = "as data"
"""A filter that no template can name, put around the values of escaped texts."""


class Missing(StrictUndefined):
    """What is not there; any use of it is an error that says what was sought where."""

    __slots__ = ()

    def __repr__(self) -> str:
        self._fail_with_undefined_error()

    @property
    def _undefined_message(self) -> str:
        name = self._undefined_name
        if self._undefined_hint:
            return self._undefined_hint
        if self._undefined_obj is missing:
            return f"{name!r} is not defined"
        if isinstance(self._undefined_obj, Mapping):
            return f"the map has no {name!r}; it has {_listed(self._undefined_obj)}"
        return f"{_described(self._undefined_obj)} has no {name!r}"


def _listed(given: Mapping[str, Any]) -> str:
    # Keys may be a client's: one with a line's end in it would write lines of its own into logs.
    names = [key if key.isprintable() else repr(key) for key in map(str, list(given)[:12])]
    return ", ".join(names) + (", …" if len(given) > 12 else "") if names else "nothing"


def _described(value: Any) -> str:
    names = {str: "a text", list: "a list", type(None): "none", bool: "true or false"}
    return names.get(type(value), type(value).__name__)


class _Generator(CodeGenerator):
    """Compiles `~` to a join that is capped."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 — Jinja's name
        self.write("environment.concatenate((")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write("))")


class Environment(ImmutableSandboxedEnvironment):
    """Jinja as people expect it of data: map keys before methods, nothing undefined, all capped."""

    code_generator_class = _Generator
    intercepted_binops = frozenset(("*", "+", "**", "%"))
    concat = staticmethod(limits.joined)

    def __init__(self) -> None:
        super().__init__(
            undefined=Missing, trim_blocks=True, lstrip_blocks=True, finalize=_finalized
        )
        self.globals.pop("lipsum", None)
        self.filters = all_filters()
        self.filters[AS_DATA] = _as_data
        self.tests |= {"match": match, "contains": contains}
        self.globals["widget"] = _widget

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`a.b`: the key of a map before its methods."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if not isinstance(obj, _DATA + _JINJA):
            return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`a['b']`: the key of a map, never a method."""
        if isinstance(obj, Mapping):
            found = obj.get(argument, missing)
            return self.undefined(obj=obj, name=argument) if found is missing else found
        return super().getitem(obj, argument)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """An operation, if its result is not too large."""
        limits.check_operator(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """A call, if its result is not too large; the names leave room for any keyword."""
        method = getattr(__obj, "__wrapped__", __obj)  # Jinja wraps the format of texts
        owner = getattr(method, "__self__", None)
        if isinstance(owner, str):
            limits.check_call(owner, method.__name__, (*args, *kwargs.values()))
        return super().call(__context, __obj, *args, **kwargs)

    def concatenate(self, parts: Iterable[Any]) -> str:
        """`a ~ b`: texts in a row."""
        return limits.joined(str(_finalized(part)) for part in parts)


BUILD_WIDGET = " build_widget"
"""Where a scope keeps what `widget(…)` asks; no template can name it."""


@pass_context
def _widget(context: Context, name: Any, data: Any = None, /, **more: Any) -> Any:
    """`widget(name, key=value, …)`: a checked widget, as a value."""
    build = context.get(BUILD_WIDGET)
    if build is None:
        raise SecurityError("widget() does not work here: there are no widgets to be had")
    if data is not None and not isinstance(data, Mapping):
        raise TypeError("widget() takes a name, and the data as a map or by name")
    return build(str(name), to_plain({**(data or {}), **more}))


def _as_data(value: Any) -> str:
    """The value as text that holds no tags."""
    text = str(_finalized(value))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _finalized(value: Any) -> Any:
    """What is put into a text: nothing for none, ISO for times."""
    if value is None:
        return ""
    return iso(value) if isinstance(value, (date, time)) else value


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The one environment; it keeps nothing of what runs in it."""
    return Environment()


BUILT_IN = (frozenset(DEFAULT_NAMESPACE) - {"lipsum"}) | {"widget"}
"""The names that every template knows besides its data."""
