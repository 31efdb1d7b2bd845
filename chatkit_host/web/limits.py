"""How many messages one owner, and one address, may send."""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Callable, Set

from pydantic_core import from_json

from chatkit_host.config.values import Rate
from chatkit_host.errors import RateLimitedError

MESSAGE_TYPES = frozenset(
    {
        "threads.create",
        "threads.add_user_message",
        "threads.add_client_tool_output",
        "threads.add_structured_input",
        "threads.retry_after_item",
        "threads.custom_action",
        "threads.sync_custom_action",
        "input.transcribe",
    }
)
"""Operations that can make a model run, and so cost something."""

FEEDBACK = "items.feedback"
"""One that can where the bot does something after it."""

PRUNE_ABOVE = 10_000


class Buckets:
    """A bucket of `rate.count` tokens for each key, which fills up again over `rate.seconds`."""

    def __init__(
        self, rate: Rate, now: Callable[[], float] = time.monotonic, *, noun: str = "messages"
    ) -> None:
        self._rate = rate
        self._noun = noun
        self._now = now
        self._levels: dict[str, tuple[float, float]] = {}

    def take(self, *keys: str) -> None:
        """Take a token for each key, or none at all.

        Raises:
            RateLimitedError: a bucket is empty; it says when to come again.
        """
        now = self._now()
        levels = {key: self._level(key, now) for key in keys}
        lowest = min(levels.values())
        if lowest < 1:
            raise self._refusal((1 - lowest) * self._rate.seconds / self._rate.count)
        for key, level in levels.items():
            self._levels[key] = (level - 1, now)
        if len(self._levels) > PRUNE_ABOVE:
            self._prune(now)

    def _level(self, key: str, now: float) -> float:
        level, since = self._levels.get(key, (float(self._rate.count), now))
        gained = (now - since) * self._rate.count / self._rate.seconds
        return min(level + gained, float(self._rate.count))

    def _prune(self, now: float) -> None:
        """A full bucket is the same as none."""
        full = [key for key in self._levels if self._level(key, now) >= self._rate.count]
        for key in full:
            del self._levels[key]

    def _refusal(self, wait: float) -> RateLimitedError:
        seconds = math.ceil(wait)
        rate = f"{self._rate.count} {self._noun} in {self._rate.seconds:g} seconds"
        message = f"Too many {self._noun}: the limit is {rate}. Try again in {seconds} s."
        return RateLimitedError(message, retry_after=seconds)


def makes_message(body: bytes, types: Set[str | None] = MESSAGE_TYPES) -> bool:
    """Whether this request counts. What cannot be read does not: it will be refused anyway."""
    return _type_of(body) in types


def announces_file(body: bytes) -> bool:
    """Whether this request announces an upload."""
    return _type_of(body) == "attachments.create"


def _type_of(body: bytes) -> str | None:
    try:
        request = from_json(body)
    except ValueError:
        return None
    kind = request.get("type") if isinstance(request, dict) else None
    return kind if isinstance(kind, str) else None


def address_key(client: tuple[str, int] | None) -> str:
    """Who a client is by its address; a /64, of IPv6, is one household."""
    if client is None:
        return "address:unknown"
    try:
        address = ipaddress.ip_address(client[0])
    except ValueError:
        return f"address:{client[0]}"
    if address.version == 6:
        return f"address:{ipaddress.ip_network((address, 64), strict=False)}"
    return f"address:{address}"
