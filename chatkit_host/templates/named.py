"""The filters and tests that a template names: where Jinja looks for them, or as a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from jinja2 import nodes

from chatkit_host.templates.environment import environment
from chatkit_host.templates.errors import TemplateError

# `… | map('upper')`, `… | selectattr('price', 'lt', 20)`: which argument names what.
_NAMES_FILTER = {"map": 0}
_NAMES_TEST = {"select": 0, "reject": 0, "selectattr": 1, "rejectattr": 1}


def check_names(tree: nodes.Template) -> None:
    """Raises TemplateError for the first filter or test that there is not.

    Jinja itself finds a name that is an argument only when the template runs.
    """
    known = environment()
    for name, line in _filters(tree):
        _refuse_unknown("filter", name, known.filters, line)
    for name, line in _tests(tree):
        _refuse_unknown("test", name, known.tests, line)


def _filters(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    for node in tree.find_all(nodes.Filter):
        yield node.name, node.lineno
        yield from _argument(node, _NAMES_FILTER)


def _tests(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    yield from ((node.name, node.lineno) for node in tree.find_all(nodes.Test))
    for node in tree.find_all(nodes.Filter):
        yield from _argument(node, _NAMES_TEST)


def _argument(node: nodes.Filter, places: dict[str, int]) -> Iterator[tuple[str, int]]:
    place = places.get(node.name)
    if place is None or place >= len(node.args):
        return
    given = node.args[place]
    if isinstance(given, nodes.Const) and isinstance(given.value, str):
        yield given.value, given.lineno


def _refuse_unknown(what: str, name: str, known: Collection[str], line: int) -> None:
    if name in known:
        return
    near = get_close_matches(name, list(known), n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise TemplateError(f"there is no {what} {name!r}{hint}", line)
