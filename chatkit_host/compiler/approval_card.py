"""The card that asks for an approval, and says afterwards what was decided."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from chatkit_host.components import WidgetRoot
from chatkit_host.config.approval import APPROVAL_ACTION
from chatkit_host.tools import readable
from chatkit_host.types import ApprovalQuestion
from chatkit_host.widgets import DynamicWidgetRoot

_LONGEST = 2000
"""Characters of one argument that the card shows; it says how many more there are."""

_DECIDED = {
    "approved": {"text": "Approved", "icon": "check-circle"},
    "rejected": {"text": "Rejected", "icon": "empty-circle"},
    None: {"text": "No longer asked", "icon": "empty-circle"},
}


def approval_data(
    question: ApprovalQuestion, description: str, run_id: str, *, is_open: bool
) -> dict[str, Any]:
    """What a card, the host's or the author's, knows of a question."""
    return {
        "tool": question.tool,
        "title": readable(question.tool),
        "description": description,
        "message": question.message,
        "arguments": arguments_of(question),
        "agent": question.agent,
        "decision": question.decision or (None if is_open else "closed"),
        "reason": question.reason,
        "approve": _action(question, run_id, approve=True) if is_open else None,
        "reject": _action(question, run_id, approve=False) if is_open else None,
    }


def approval_card(question: ApprovalQuestion, data: Mapping[str, Any]) -> WidgetRoot:
    """The host's own card."""
    asks = data["approve"] is not None
    status = None if asks else _DECIDED[question.decision]
    said = data["message"] or data["description"]
    children = [
        {"type": "Title", "value": data["title"], "size": "sm"},
        *([{"type": "Text", "value": said, "color": "secondary"}] if said else []),
        *_rows(data["arguments"]),
        *([{"type": "Text", "value": data["reason"], "size": "sm"}] if data["reason"] else []),
        *([_buttons(data)] if asks else []),
    ]
    tree = {"type": "Card", "size": "md", "status": status, "children": children}
    return DynamicWidgetRoot.model_validate(tree)


def arguments_of(question: ApprovalQuestion) -> dict[str, Any]:
    """The arguments as a map; they have been read once already."""
    given = json.loads(question.arguments or "{}")
    return {name: value for name, value in given.items() if value is not None}


def digest(question: ApprovalQuestion) -> str:
    """What binds a button to one call with its arguments."""
    call = [question.tool, question.agent, question.call_id, question.arguments]
    return hashlib.sha256(json.dumps(call).encode()).hexdigest()


def _action(question: ApprovalQuestion, run_id: str, *, approve: bool) -> dict[str, Any]:
    payload = {"run": run_id, "question": question.id, "call": digest(question)}
    return {"type": APPROVAL_ACTION, "payload": {**payload, "approve": approve}}


def _rows(arguments: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if arguments:
        yield {"type": "Divider"}
    for name, value in arguments.items():
        yield {
            "type": "Col",
            "gap": 0,
            "children": [
                {"type": "Caption", "value": readable(name)},
                {"type": "Text", "value": _shown(value)},
            ],
        }


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
    more = len(text) - _LONGEST
    return text if more <= 0 else f"{text[:_LONGEST]}… ({more} more characters)"


def _buttons(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "Row",
        "gap": 2,
        "children": [
            {
                "type": "Button",
                "label": "Approve",
                "style": "primary",
                "onClickAction": data["approve"],
            },
            {
                "type": "Button",
                "label": "Reject",
                "style": "secondary",
                "onClickAction": data["reject"],
            },
        ],
    }
