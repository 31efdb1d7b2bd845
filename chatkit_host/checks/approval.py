"""`approval`: its condition, its words, and the widget that asks."""

from __future__ import annotations

from chatkit_host.checks.app import Checking
from chatkit_host.checks.scope import Scope
from chatkit_host.config import Path, codes
from chatkit_host.config.approval import APPROVAL_ACTION, WIDGET_DATA, Approval

_NOT_ALWAYS = frozenset({"decision", "reason", "approve", "reject"})


def check_approval(checking: Checking, approval: Approval, path: Path, scope: Scope) -> None:
    """Checks the approval of one tool, whose arguments are in scope."""
    is_long = (*path, "if") in checking.loaded.places.values
    checking.expression(approval.if_, (*path, "if") if is_long else path, scope)
    checking.text(approval.message, (*path, "message"), scope)
    widget = checking.config.widgets.get(approval.widget or "")
    for name in (widget.data or {}).get("required", ()) if widget is not None else ():
        _check_given(checking, approval, name, (*path, "widget"))


def _check_given(checking: Checking, approval: Approval, name: str, path: Path) -> None:
    """Checks that an approval gives what its widget wants, and that it always does."""
    if name not in WIDGET_DATA:
        message = f"the widget {approval.widget!r} wants {name!r}, which an approval does not give"
        cure = f"it gives {', '.join(WIDGET_DATA)}"
        checking.found.add(codes.ARGUMENTS, path, message, cure=cure)
    elif name in _NOT_ALWAYS or (name == "message" and approval.message is None):
        message = f"the widget {approval.widget!r} wants {name!r}, which is not always there"
        cure = f"make {name!r} optional in its `data`"
        checking.found.add(codes.ARGUMENTS, path, message, cure=cure)


def check_action_name(checking: Checking, name: str) -> None:
    """Checks that an action does not take the name of the host's own."""
    if name == APPROVAL_ACTION:
        message = f"{name!r} is the host's own action"
        cure = "call it otherwise"
        checking.found.add(codes.BAD_NAME, ("actions", name), message, key=True, cure=cure)
