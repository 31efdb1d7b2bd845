"""Leases within one process; for the memory store."""

from __future__ import annotations

import time
from dataclasses import dataclass

from chatkit_host.store.leases import WANTED_SECONDS


@dataclass(slots=True)
class _Lease:
    holder: str
    until: float
    wanted_until: float = 0.0


class MemoryLeases:
    """Who has what, by key, and until when."""

    def __init__(self) -> None:
        self._leases: dict[str, _Lease] = {}

    def holder(self, key: str) -> str | None:
        """Who has it, or had it last and did not give it back."""
        return self._leases[key].holder if key in self._leases else None

    def take(self, key: str, hold: str, seconds: float) -> bool:
        """Take it, if nobody else has it."""
        now, lease = time.monotonic(), self._leases.get(key)
        if lease is not None and lease.holder != hold and now <= lease.until:
            lease.wanted_until = now + WANTED_SECONDS
            return False
        wanted = 0.0 if lease is None else lease.wanted_until
        self._leases[key] = _Lease(hold, now + seconds, wanted)
        return True

    def keep(self, key: str, hold: str, seconds: float) -> bool:
        """Keep it for longer, if it is still held."""
        if self.holder(key) != hold:
            return False
        self._leases[key].until = time.monotonic() + seconds
        return True

    def drop(self, key: str, hold: str) -> bool:
        """Give it back, if it is still held; gives whether others want it."""
        if self.holder(key) != hold:
            return False
        return self._leases.pop(key).wanted_until > time.monotonic()

    def forget(self, key: str) -> None:
        """There is no such thing any more."""
        self._leases.pop(key, None)

    def is_wanted(self, key: str) -> bool:
        """Whether others have asked for it in vain, and not long ago."""
        return key in self._leases and self._leases[key].wanted_until > time.monotonic()
