"""Widget trees: the components they are made of, and the actions they send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chatkit_host.checks.app import Checking
from chatkit_host.checks.literals import misfit
from chatkit_host.checks.props import check_action_keys, check_component
from chatkit_host.config import Action, ClientAction, Path, Place, codes
from chatkit_host.config.problems import nearest

ROOTS = ("Card", "ListView", "Basic")
_LOGIC = ("for", "if", "yield")


def check_tree(checking: Checking, tree: Any, path: Path) -> None:
    """Checks the components and actions of a tree, as far as they are not templates."""
    if not isinstance(tree, dict):
        return
    kind = tree.get("type")
    if kind is None and not _is_logic(tree):
        checking.found.add(codes.WIDGET, path, "this widget has no type", cure=_roots())
    elif isinstance(kind, str) and "{" not in kind and kind not in ROOTS:
        message = f"{kind!r} cannot be a whole widget"
        hint = nearest(kind, ROOTS)
        cure = None if hint else _roots()
        checking.found.add(codes.WIDGET, (*path, "type"), message, hint=hint, cure=cure)
    elif kind in ROOTS:
        check_component(checking, tree, path)
    _check_children(checking, tree, path)
    fields = fields_of(tree)
    for inner, action in actions_of(tree, path):
        check_action(checking, action, inner, fields)


def _roots() -> str:
    return f"a widget is a {', a '.join(ROOTS[:-1])} or a {ROOTS[-1]}"


def _is_logic(tree: Mapping[str, Any]) -> bool:
    return any(key in tree for key in ("for", "yield"))


def _check_children(checking: Checking, node: Any, path: Path) -> None:
    children = node.get("children") if isinstance(node, dict) else None
    listed = children if isinstance(children, list) else [children]
    for i, child in enumerate(listed):
        way = (*path, "children", i) if isinstance(children, list) else (*path, "children")
        _check_component(checking, child, way)


def _check_component(checking: Checking, node: Any, path: Path) -> None:
    if not isinstance(node, dict):
        return
    if isinstance(node.get("yield"), dict):
        _check_component(checking, node["yield"], (*path, "yield"))
        return
    if node.get("type") is None and "yield" not in node:
        _note_without_type(checking, node, path)
    check_component(checking, node, path)
    _check_children(checking, node, path)


def _note_without_type(checking: Checking, node: Mapping[str, Any], path: Path) -> None:
    """Notes a component that does not say what it is, or says it under another name."""
    key = next((key for key in node if nearest(key, ("type",))), None)
    if key is None:
        cure = "write type: Text, or what it is"
        checking.found.add(codes.WIDGET, path, "this component has no type", cure=cure)
    else:
        message, where = f"a component has no {key!r}", (*path, key)
        checking.found.add(codes.WIDGET, where, message, key=True, hint="type")


def actions_of(node: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every action that a tree offers, where a client looks for them, each with its path."""
    if isinstance(node, list):
        for i, child in enumerate(node):
            yield from actions_of(child, (*path, i))
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from _offered(name, value, (*path, name))


def _offered(name: str, value: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if name in ("children", "yield"):
        yield from actions_of(value, path)
    elif name in ("confirm", "cancel") and isinstance(value, dict):
        yield from _offered("action", value.get("action"), (*path, "action"))
    elif (name == "action" or name.endswith("Action")) and isinstance(value, dict):
        yield path, value


def fields_of(node: Any) -> frozenset[str]:
    """The keys that the fields of a tree add to a payload; a dotted name nests."""
    if isinstance(node, list):
        return frozenset().union(*map(fields_of, node))
    if not isinstance(node, dict):
        return frozenset()
    name = node.get("name") if node.get("type") != "Icon" else None
    own = {name.split(".")[0]} if isinstance(name, str) else set()
    return frozenset(own).union(*map(fields_of, node.values()))


def check_action(
    checking: Checking, action: Mapping[str, Any], path: Path, fields: frozenset[str]
) -> None:
    """Checks that somebody handles an action of a tree, and that its payload is as declared."""
    check_action_keys(checking, action, path)
    name = action.get("type")
    if not isinstance(name, str) or "{" in name:
        return
    declared = checking.config.actions.get(name)
    if declared is not None:
        _check_handling(checking, name, declared, action, path)
    elif name not in checking.names.actions and action.get("handler") != "client":
        note_unhandled(checking, name, (*path, "type"))
    if declared is not None and declared.payload is not None:
        _check_payload(checking, name, declared.payload, action, path)
        _check_wanted(checking, name, declared.payload, action, path, fields)


def _check_handling(
    checking: Checking, name: str, declared: Action, action: Mapping[str, Any], path: Path
) -> None:
    """Whether an action is sent to who handles it, and in the way that is waited for."""
    handler, streaming = action.get("handler"), action.get("streaming")
    if isinstance(declared, ClientAction):
        if handler == "server":
            message = f"{name!r} is the page's own to handle, by `actions`"
            _refuse(checking, (*path, "handler"), message, "take `handler` out")
    elif handler == "client":
        message = f"the page alone handles this, and the steps of {name!r} are not done"
        _refuse(checking, (*path, "handler"), message, "take `handler` out")
    elif isinstance(streaming, bool) and streaming is declared.sync:
        message = f"{name!r} is {'' if declared.sync else 'not '}`sync`, by `actions`"
        _refuse(checking, (*path, "streaming"), message, "take `streaming` out")


def _refuse(checking: Checking, path: Path, message: str, cure: str) -> None:
    checking.found.add(codes.ACTION, path, message, key=True, cure=cure)


def note_unhandled(checking: Checking, name: str, path: Path, at: Place | None = None) -> None:
    """Notes an action that nobody handles."""
    hint = nearest(name, checking.names.actions)
    cure = None if hint else "declare it in `actions`"
    message = f"nobody handles the action {name!r}"
    checking.found.add(codes.ACTION, path, message, at=at, hint=hint, cure=cure)


def _check_payload(
    checking: Checking, name: str, schema: Mapping[str, Any], action: Mapping[str, Any], path: Path
) -> None:
    payload = action.get("payload", {})
    if schema.get("additionalProperties") is not False or not isinstance(payload, dict):
        return
    properties: Mapping[str, Any] = schema["properties"]
    for key in payload.keys() - set(_LOGIC):
        where = (*path, "payload", key)
        if key not in properties:
            message, hint = f"the action {name!r} does not take {key!r}", nearest(key, properties)
            checking.found.add(codes.ACTION, where, message, key=True, hint=hint)
        elif wrong := misfit(payload[key], properties[key]):
            message = f"the action {name!r} wants {key!r} to be {wrong}"
            checking.found.add(codes.ACTION, where, message)


def _check_wanted(
    checking: Checking,
    name: str,
    schema: Mapping[str, Any],
    action: Mapping[str, Any],
    path: Path,
    fields: frozenset[str],
) -> None:
    """Notes what an action wants, and neither its payload nor a field of the widget gives."""
    payload = action.get("payload", {})
    unsure = any("{" in field for field in fields) or not isinstance(payload, dict)
    if unsure or any(key in payload for key in _LOGIC):
        return
    properties = schema.get("properties", {})
    meant = {nearest(key, properties) for key in payload if key not in properties}
    for key in schema.get("required", ()):
        if key not in payload and key not in fields and key not in meant:
            message = f"the action {name!r} wants {key!r}, and gets none"
            cure = "put it into the payload"
            checking.found.add(codes.ACTION, (*path, "type"), message, cure=cure)
