"""Widget trees: the components they are made of, and the actions they send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chatkit_host.checks.app import Checking
from chatkit_host.config import Path, Place, codes
from chatkit_host.config.problems import nearest

ROOTS = ("Card", "ListView", "Basic")


# A list of their own, for the models take longer to import than all the checks; a test compares.
COMPONENTS = frozenset(
    (
        *("Badge", "Basic", "Box", "Button", "Caption", "Card", "Chart", "Checkbox", "Col"),
        *("DatePicker", "Divider", "Form", "Icon", "Image", "Input", "Label", "ListView"),
        *("ListViewItem", "Markdown", "RadioGroup", "Row", "Select", "Spacer", "Table"),
        *("Table.Cell", "Table.Row", "Text", "Textarea", "Title", "Transition"),
    )
)


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
    _check_children(checking, tree, path)
    for inner, action in actions_of(tree, path):
        check_action(checking, action, inner)


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
    kind = node.get("type")
    # A type that is like none of ours may be of a newer client; one that is nearly ours is not.
    if isinstance(kind, str) and kind not in COMPONENTS and (hint := nearest(kind, COMPONENTS)):
        message = f"there is no component {kind!r}"
        checking.found.add(codes.WIDGET, (*path, "type"), message, hint=hint)
    _check_children(checking, node, path)


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


def check_action(checking: Checking, action: Mapping[str, Any], path: Path) -> None:
    """Checks that somebody handles an action of a tree, and that its payload is as declared."""
    name = action.get("type")
    if not isinstance(name, str) or "{" in name or action.get("handler") == "client":
        return
    if name not in checking.names.actions:
        note_unhandled(checking, name, (*path, "type"))
        return
    declared = checking.config.actions.get(name)
    _check_payload(checking, name, declared.payload if declared else None, action, path)


def note_unhandled(checking: Checking, name: str, path: Path, at: Place | None = None) -> None:
    """Notes an action that nobody handles."""
    hint = nearest(name, checking.names.actions)
    cure = None if hint else "declare it in `actions`"
    message = f"nobody handles the action {name!r}"
    checking.found.add(codes.ACTION, path, message, at=at, hint=hint, cure=cure)


def _check_payload(
    checking: Checking,
    name: str,
    schema: Mapping[str, Any] | None,
    action: Mapping[str, Any],
    path: Path,
) -> None:
    payload = action.get("payload", {})
    is_closed = schema is not None and schema.get("additionalProperties") is False
    if schema is None or not is_closed or not isinstance(payload, dict):
        return
    properties: Mapping[str, Any] = schema["properties"]
    for key in payload:
        # What is lacking may come from a form's fields; what is too much comes from nowhere else.
        if key not in properties and key not in ("for", "if", "yield"):
            message = f"the action {name!r} does not take {key!r}"
            hint, where = nearest(key, properties), (*path, "payload", key)
            checking.found.add(codes.ACTION, where, message, key=True, hint=hint)
