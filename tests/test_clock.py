"""The clock: aware, in UTC."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from chatkit_host import clock


def test_now_is_in_utc() -> None:
    assert clock.now().tzinfo is UTC


def test_a_naive_time_is_local_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        naive = datetime(2024, 5, 6, 9, 0)  # noqa: DTZ001 - what people's own code makes
        assert clock.as_aware(naive) == datetime(2024, 5, 6, 0, 0, tzinfo=UTC)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_any_offset_becomes_utc() -> None:
    there = timezone(timedelta(hours=-5))
    aware = clock.as_aware(datetime(2024, 5, 6, 9, 0, tzinfo=there))
    assert aware.isoformat() == "2024-05-06T14:00:00+00:00"


def test_a_time_in_utc_stays_as_it_is() -> None:
    now = clock.now()
    assert clock.as_aware(now) is now
