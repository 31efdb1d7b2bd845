"""How the stores say that something is not there."""

from __future__ import annotations

from chatkit_host.errors import NotFoundError


def no_thread(thread_id: str) -> NotFoundError:
    """The thread is not there, or another's: no answer tells which."""
    return _no("thread", thread_id)


def no_item(item_id: str) -> NotFoundError:
    """The item is not in the thread."""
    return _no("item", item_id)


def no_attachment(attachment_id: str) -> NotFoundError:
    """The attachment is not there, or another's."""
    return _no("attachment", attachment_id)


def _no(kind: str, id: str) -> NotFoundError:
    shown = id if len(id) <= 100 else f"{id[:100]}…"
    return NotFoundError(f"There is no {kind} {shown!r}.")
