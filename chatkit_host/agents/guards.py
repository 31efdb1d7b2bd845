"""Checks that run beside the model, and stop it at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

Guard = Callable[[str | list[Any]], Awaitable[str | None]]
"""Takes the run's input; a text is what the user is told instead of an answer."""

BLOCKED = "This cannot be answered here."
"""What the user is told where a guardrail has no words of its own."""


async def first_objection(guards: Sequence[Guard], given: str | list[Any]) -> str | None:
    """What the first guard to object says; None once all have let the input pass."""
    checks = [asyncio.ensure_future(guard(given)) for guard in guards]
    try:
        for check in asyncio.as_completed(checks):
            objection = await check
            if objection is not None:
                return objection
        return None
    finally:
        for pending in checks:
            pending.cancel()
