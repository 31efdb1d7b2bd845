"""What the model is told besides the conversation, in words and tags of our own."""

from __future__ import annotations

import json
import re
from typing import Any

from chatkit_host.types import StructuredInputItem, Task, UserMessageTagContent

HIDDEN = "hidden_context"
SHOWN = "shown_to_user"
QUOTED = "quoted_by_user"
MENTIONED = "mentioned_by_user"
ATTACHED = "attached_by_user"

# For a message that stands among the user's without being one.
_LABELS = {
    HIDDEN: "Context for you, which the user does not see:",
    SHOWN: "The user was shown this:",
    QUOTED: "The user's message is about this passage:",
    MENTIONED: "Things that the user's message mentions; call them by name, without the @:",
    ATTACHED: "The user attached this file:",
}
_NOT_THE_USERS_OWN = tuple(f"{_LABELS[tag]}\n<{tag}>" for tag in (SHOWN, QUOTED, MENTIONED))
_HIDDEN_START = f"{_LABELS[HIDDEN]}\n<{HIDDEN}>\n"
_HIDDEN_END = f"\n</{HIDDEN}>"


def as_data(text: str) -> str:
    """Text that cannot close a tag or open one."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def enclose(tag: str, body: str) -> str:
    """A labelled passage. The body may have tags of its own, but none that ends this one."""
    safe = re.sub(rf"<(?=\s*/\s*{tag})", "&lt;", body, flags=re.IGNORECASE)
    return f"{_LABELS[tag]}\n<{tag}>\n{safe}\n</{tag}>"


_OWN_TAG = re.compile(rf"<(?=\s*/?\s*(?:{'|'.join(_LABELS)})\b)", re.IGNORECASE)


def without_own_tags(text: str) -> str:
    """A text of a user's, in which nothing can pass for what the host tells the model."""
    return _OWN_TAG.sub("&lt;", text)


def users_own(text: str) -> str | None:
    """What a message in the user's role asks for: the user's text, or the body of hidden context.

    None for what only says what was shown, quoted or mentioned.
    """
    if text.startswith(_HIDDEN_START):
        return text.removeprefix(_HIDDEN_START).removesuffix(_HIDDEN_END)
    return None if text.startswith(_NOT_THE_USERS_OWN) else text


def hidden_context(content: Any) -> str:
    """Hidden context as the model reads it; what is not text goes as JSON."""
    text = content if isinstance(content, str) else json.dumps(content, default=str)
    return enclose(HIDDEN, text)


def quotation(text: str) -> str:
    return enclose(QUOTED, as_data(text))


def file_of_text(name: str, text: str, cut: bool) -> str:
    """A file of text, named, and that it is not all there."""
    end = "\n[The file goes on; the rest is left out.]" if cut else ""
    return enclose(ATTACHED, f"{as_data(name)}\n\n{without_own_tags(text)}{end}")


def file_unreadable(name: str, mime_type: str) -> str:
    """A file that this model cannot take."""
    told = f"{as_data(name)} ({as_data(mime_type)})"
    return enclose(ATTACHED, f"{told}\n\n[You cannot read files of this type. Tell the user so.]")


def file_left_out(name: str, mime_type: str) -> str:
    """A file of long ago, of which there are too many by now."""
    told = f"{as_data(name)} ({as_data(mime_type)})"
    why = "[Not shown to you any more: newer files take its place. If need be, ask for it again.]"
    return enclose(ATTACHED, f"{told}\n\n{why}")


def file_gone(name: str) -> str:
    """A file whose bytes have been deleted."""
    return enclose(ATTACHED, f"{as_data(name)}\n\n[The file has been deleted.]")


def mention(tag: UserMessageTagContent) -> str:
    """One thing that the user mentioned, with what the page knows of it."""
    fields = {"name": tag.text, "id": tag.id, "group": tag.group, "data": tag.data}
    known = {name: value for name, value in fields.items() if value}
    return as_data(json.dumps(known, ensure_ascii=False, default=str))


def widget_shown(item_id: str, widget_json: str) -> str:
    return enclose(SHOWN, f"widget {as_data(item_id)}: {as_data(widget_json)}")


def task_shown(task: Task) -> str | None:
    """A task of one's own words; None for tasks that say nothing to a model."""
    words = [task.title, getattr(task, "content", None)] if task.type == "custom" else []
    text = ": ".join(word for word in words if word)
    return enclose(SHOWN, f"task done: {as_data(text)}") if text else None


def questions_shown(item: StructuredInputItem) -> str:
    """Questions with the user's answers, and whether they were answered at all."""
    lines = [f"questions, {item.status}:"]
    for question in item.inputs:
        lines.append(f"- {as_data(question.question)} {_answer(question.answer)}")
    return enclose(SHOWN, "\n".join(lines))


def _answer(answer: Any) -> str:
    if answer is None:
        return "(no answer yet)"
    return "(skipped)" if answer.skipped else as_data(", ".join(answer.values))


PICTURE = "You made this picture for the user:"
INTERRUPTED = "No result: the call was interrupted, and may or may not have taken effect."

REJECTED = (
    "Not carried out: the user did not approve this call. Do not call it again unless asked to."
)
NOBODY_TO_ASK = "Not carried out: it wants the user's approval, who cannot be asked here."
APPROVAL_WAITS = "The agent waits for the user's approval."
