"""The one place that reads the time; call it as `clock.now()` so that a test can replace it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def as_aware(moment: datetime) -> datetime:
    """The same moment in UTC; a naive time in is taken as this machine's local time."""
    # astimezone() itself reads a naive time as local.
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
