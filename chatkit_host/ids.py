"""Ids that never collide and sort by the time they were made."""

from __future__ import annotations

import os
import time
from threading import Lock

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [a + b for a in _CROCKFORD for b in _CROCKFORD]
_SHIFTS = range(120, -1, -10)
_RANDOM_BITS = 80
_STEP_BITS = 40
_VALUE_MASK = (1 << 128) - 1

_lock = Lock()
_last = 0


def new_id(prefix: str) -> str:
    """`prefix_` and 26 characters; later calls in a process give greater ids."""
    value = _next_value()
    return f"{prefix}_{''.join([_PAIRS[(value >> shift) & 1023] for shift in _SHIFTS])}"


def _next_value() -> int:
    """48 bits of milliseconds and 80 random ones; within one millisecond, a random step up."""
    global _last
    random = int.from_bytes(os.urandom(_RANDOM_BITS // 8), "big")
    fresh = (time.time_ns() // 1_000_000) << _RANDOM_BITS | random
    with _lock:
        # The step is random, so that processes forked in the same millisecond part ways.
        _last = max(fresh, _last + 1 + (random >> _STEP_BITS)) & _VALUE_MASK
        return _last
