"""Whether a thread takes something new from its user."""

from __future__ import annotations

from chatkit_host.errors import ThreadInactiveError
from chatkit_host.types import ActiveStatus, ThreadMetadata


def require_active(thread: ThreadMetadata) -> None:
    """Let messages, outputs, answers and retries into an active thread only.

    Actions are not asked: they are what the bot itself offers, and may be what opens the thread
    again.

    Raises:
        ThreadInactiveError: it is locked or closed; with the reason that was given for it.
    """
    status = thread.status
    if isinstance(status, ActiveStatus):
        return
    message = f"This thread is {status.type}, and takes no messages."
    if status.reason:
        message += f" The reason: {status.reason}"
    raise ThreadInactiveError(message, status=status.type)
