"""The tool of this bot."""

from __future__ import annotations

from typing import Any

PRICES = {"fern": 12, "cactus": 18, "orchid": 24}


def add_up(plant: str, count: int, context: Any) -> dict[str, int]:
    """What `count` of a plant cost; the thread's state keeps the sum."""
    total = PRICES[plant] * count
    context.state["spent"] += total
    return {"count": count, "total": total}
