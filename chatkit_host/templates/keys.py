"""The keys that a template reads of maps, whatever these are: `item.name`, `row['id']`."""

from __future__ import annotations

from jinja2 import nodes
from jinja2.exceptions import TemplateError as JinjaError

from chatkit_host.templates.environment import environment

# What lists have in JavaScript, and exports of ChatKit Studio read of them.
_OF_LISTS = frozenset({"length"})


def keys_of(tree: nodes.Template) -> frozenset[str]:
    """The keys, but for those of `loop`, of methods that are called, and of its own maps."""
    called = {id(call.node) for call in tree.find_all(nodes.Call)}
    attributes = [
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if id(node) not in called and not _is_loop(node.node)
    ]
    items = [
        node.arg.value
        for node in tree.find_all(nodes.Getitem)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str)
    ]
    return frozenset([*attributes, *items]) - _OF_LISTS - _written_in(tree)


def _written_in(tree: nodes.Template) -> frozenset[str]:
    """The keys of the maps that the template itself writes out."""
    keys = [pair.key for pair in tree.find_all(nodes.Pair)]
    return frozenset(
        key.value for key in keys if isinstance(key, nodes.Const) and isinstance(key.value, str)
    )


def keys_in(source: str) -> frozenset[str]:
    """The same of a template's text; none of one that cannot be read."""
    try:
        return keys_of(environment().parse(source))
    except JinjaError:
        return frozenset()


def _is_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "loop"


def strange_keys(read: frozenset[str], schema: object) -> frozenset[str]:
    """The keys that a template reads and no object of a JSON Schema has.

    An export whose template was changed after its schema has some.
    """
    return read - _known(schema)


def _known(schema: object) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(_known, schema))
    if not isinstance(schema, dict):
        return set()
    properties = schema.get("properties")
    own = set(properties) if isinstance(properties, dict) else set()
    return own.union(*map(_known, schema.values()))
