"""The plugin that the docs name."""

from __future__ import annotations

from typing import Any


def refund(order: int | None = None, id: int | None = None, reason: str | None = None) -> Any:
    return {"order": order or id, "reason": reason}
