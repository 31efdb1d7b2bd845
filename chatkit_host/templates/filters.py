"""The filters and the test that this language adds to Jinja's, and those it makes safe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache, wraps
from typing import Any

from jinja2 import pass_environment
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, make_attrgetter

from chatkit_host.templates import limits
from chatkit_host.templates.plain import to_json
from chatkit_host.templates.searching import search

_LAZY = ("map", "select", "reject", "selectattr", "rejectattr", "unique", "reverse", "items")
_WIDE = ("center", "indent", "wordwrap", "slice", "batch", "truncate")


def find(items: Iterable[Any], **wanted: Any) -> Any:
    """The first item whose fields have these values, or none."""
    return next((each for each in items if _has(each, wanted)), None)


def _has(item: Any, wanted: Mapping[str, Any]) -> bool:
    return isinstance(item, Mapping) and all(
        name in item and item[name] == value for name, value in wanted.items()
    )


def keyed(items: Iterable[Mapping[str, Any]], name: str) -> dict[str, Any]:
    """The items as a map, by the value of one of their fields."""
    return {str(each[name]): each for each in items}


def omit(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The map without these keys."""
    return {key: value for key, value in given.items() if key not in names}


def slug(text: Any) -> str:
    """The text as a part of an address: `Mr. Ünder` is `mr-under`."""
    plain = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def clamp(number: Any, low: Any, high: Any) -> Any:
    """The number, or the bound it lies beyond."""
    return max(low, min(number, high))


def date_text(moment: Any, pattern: str = "%Y-%m-%d") -> str:
    """A moment, or its ISO text, in a format of strftime."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if not isinstance(moment, date):
        raise TypeError(f"{moment!r} is no date")
    limits.check_format(pattern)
    return moment.strftime(pattern)


def match(text: Any, pattern: str) -> bool:
    """Whether a pattern (RE2) occurs in a text, whatever its case."""
    return _compiled(pattern).search(str(text)) is not None


def contains(given: Any, value: Any) -> bool:
    """Whether a list has this element, a map this key, a text this part."""
    return value in given


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    import re2  # only bots that use patterns pay for it

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        raise ValueError(f"the pattern {pattern!r} cannot be used: {reason}") from None


@pass_environment
def join(environment: Any, items: Iterable[Any], sep: str = "", attribute: Any = None) -> str:
    """The items as one text, with a text between them."""
    get = make_attrgetter(environment, attribute) if attribute is not None else None
    texts = [str(get(each) if get else each) for each in items]
    limits.check_length(sum(map(len, texts)) + len(str(sep)) * len(texts))
    return str(sep).join(texts)


def replace(text: Any, old: Any, new: Any, count: int | None = None) -> str:
    """The text with one part of it replaced by another."""
    limits.check_replace(str(text), str(old), str(new))
    return str(text).replace(str(old), str(new), -1 if count is None else count)


def format_text(text: Any, *args: Any, **kwargs: Any) -> str:
    """The text as a %-format."""
    if args and kwargs:
        raise SecurityError("a format takes values or names, not both")
    limits.check_format(str(text), kwargs.values() or args)
    return str(text) % (kwargs or args)


def _listed(given: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that gives a list where it gave a generator."""

    @wraps(given)
    def listing(*args: Any, **kwargs: Any) -> Any:
        result = given(*args, **kwargs)
        return list(result) if isinstance(result, Iterator) else result

    return listing


def _narrow(given: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that refuses numbers which would make its result huge."""

    @wraps(given)
    def narrow(*args: Any, **kwargs: Any) -> Any:
        limits.check_widths([*args, *kwargs.values()])
        return given(*args, **kwargs)

    return narrow


def all_filters() -> dict[str, Callable[..., Any]]:
    """Jinja's filters, made safe, and ours."""
    lazy = {name: _listed(FILTERS[name]) for name in _LAZY}
    wide = {name: _listed(_narrow(FILTERS[name])) for name in _WIDE}
    ours: dict[str, Callable[..., Any]] = {
        "find": find,
        "search": search,
        "keyed": keyed,
        "omit": omit,
        "slug": slug,
        "clamp": clamp,
        "date": date_text,
        "tojson": _narrow(to_json),
        "join": join,
        "replace": replace,
        "format": format_text,
    }
    return {**FILTERS, **lazy, **wide, **ours}
