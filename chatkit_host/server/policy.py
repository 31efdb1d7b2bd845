"""What a turn does when its reader leaves, and when a second message comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OnDisconnect = Literal["cancel", "continue"]
Concurrency = Literal["reject", "queue", "interrupt"]


@dataclass(frozen=True, slots=True)
class TurnPolicy:
    """The `respond:` section's rules for turns.

    A client that can only drop its connection says the same thing when it stops and when it
    reloads; `on_disconnect` decides what a drop means, once nobody has come back to read for
    `disconnect_grace` seconds. `concurrency` decides what a message means that comes while the
    thread is still answering. `keep_log` is how many seconds a finished turn can still be read.
    """

    on_disconnect: OnDisconnect = "cancel"
    concurrency: Concurrency = "reject"
    disconnect_grace: float = 5.0
    keep_log: float = 60.0
