"""Ids: unique, sorted by time, and of one form."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from chatkit_host import ids


def test_an_id_is_its_prefix_and_26_characters() -> None:
    assert re.fullmatch(r"msg_[0-9a-hjkmnp-tv-z]{26}", ids.new_id("msg"))


def test_later_ids_are_greater() -> None:
    made = [ids.new_id("x") for _ in range(5_000)]
    assert made == sorted(set(made))


def test_ids_stay_in_order_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ids.new_id("x")
    monkeypatch.setattr("chatkit_host.ids.time.time_ns", lambda: 0)
    assert ids.new_id("x") > before


def test_ids_sort_by_the_time_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "_last", 0)
    made = []
    for second in (1, 2, 4_000_000_000):
        monkeypatch.setattr("chatkit_host.ids.time.time_ns", lambda s=second: s * 10**9)
        made.append(ids.new_id("x"))
    assert made == sorted(made)
    monkeypatch.setattr(ids, "_last", 0)  # or all later ids would bear that far date


def test_threads_never_make_the_same_id() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: ids.new_id("x"), range(5_000)))
    assert len(set(made)) == len(made)


def test_an_id_tells_little_of_the_next() -> None:
    # 40 random bits between two ids of one millisecond, 80 between two milliseconds
    made = sorted(ids.new_id("x") for _ in range(100))
    assert len({each[-8:] for each in made}) == len(made)
