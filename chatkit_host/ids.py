"""Ids that never collide and sort by the time they were made."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime
from threading import Lock

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [a + b for a in _CROCKFORD for b in _CROCKFORD]
_SHIFTS = range(120, -1, -10)
_RANDOM_BITS = 80
_RANDOM_BYTES = _RANDOM_BITS // 8
# A call to the system for ten bytes costs as much as a call for all of these.
_RANDOM_AT_ONCE = 256 * _RANDOM_BYTES
_STEP_BITS = 40
_VALUE_MASK = (1 << 128) - 1

_lock = Lock()
_last = 0
_random: Iterator[bytes] = iter(())


def new_id(prefix: str) -> str:
    """`prefix_` and 26 characters; later calls in a process give greater ids."""
    return _written(prefix, _next_value())


def first_id(prefix: str, moment: datetime) -> str:
    """What every id of this prefix that is made at the moment, or later, is not less than."""
    return _written(prefix, int(moment.timestamp() * 1000) << _RANDOM_BITS)


def _written(prefix: str, value: int) -> str:
    return f"{prefix}_{''.join([_PAIRS[(value >> shift) & 1023] for shift in _SHIFTS])}"


def _next_value() -> int:
    """48 bits of milliseconds and 80 random ones; within one millisecond, a random step up."""
    global _last
    with _lock:
        random = int.from_bytes(next(_random, b"") or _refilled(), "big")
        fresh = (time.time_ns() // 1_000_000) << _RANDOM_BITS | random
        # The step is random, so that processes forked in the same millisecond part ways.
        _last = max(fresh, _last + 1 + (random >> _STEP_BITS)) & _VALUE_MASK
        return _last


def _refilled() -> bytes:
    """Ten random bytes of a new store of them."""
    global _random
    fresh = os.urandom(_RANDOM_AT_ONCE)
    places = range(0, _RANDOM_AT_ONCE, _RANDOM_BYTES)
    _random = iter([fresh[place : place + _RANDOM_BYTES] for place in places])
    return next(_random)


def _begin_anew() -> None:
    global _lock, _random
    _lock = Lock()  # a thread of the parent's may have held it
    _random = iter(())


if hasattr(os, "register_at_fork"):
    # A forked process must not go on with the numbers that its parent uses too.
    os.register_at_fork(after_in_child=_begin_anew)
