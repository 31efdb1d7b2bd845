"""What a user says in a turn, as guardrails look at it: all that models read as the user's."""

from __future__ import annotations

from collections.abc import Sequence

from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.compiler.rails import texts_in
from chatkit_host.types import (
    StructuredInputItem,
    ThreadItem,
    UserMessageItem,
    UserMessageTagContent,
)


def said_beside(message: UserMessageItem | None) -> tuple[str, ...]:
    """What a message says besides its text: the passage it quotes, and what is in its mentions."""
    if message is None:
        return ()
    tags = [part for part in message.content if isinstance(part, UserMessageTagContent)]
    known = ("\n".join(texts_in([tag.id, tag.group, tag.data])) for tag in tags)
    return (*([message.quoted_text] if message.quoted_text else []), *known)


def said_in(turn: TurnContext, history: Sequence[ThreadItem] = ()) -> list[str]:
    """The texts of the message that began the turn; where none did, the answers in the history."""
    if _has_message(turn):
        return [text for text in (str(turn.names["text"]), *turn.said_beside) if text]
    answers = (each.answer for item in _answered(history) for each in item.inputs)
    return [value for answer in answers if answer is not None for value in answer.values]


def items_said(turn: TurnContext, history: Sequence[ThreadItem]) -> list[str]:
    """The ids of the items that those texts are of."""
    if not _has_message(turn):
        return [item.id for item in _answered(history)]
    return [item.id for item in history if isinstance(item, UserMessageItem)][-1:]


def _has_message(turn: TurnContext) -> bool:
    return bool(turn.names.get("text") or turn.said_beside)


def _answered(history: Sequence[ThreadItem]) -> list[StructuredInputItem]:
    """Questions that were answered. Not the newest alone: older ones may be answered late."""
    return [i for i in history if isinstance(i, StructuredInputItem) and i.status != "pending"]
