"""How rounds become ratios."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bench.contest import Contest, Outcome, Side, hold
from bench.report import outcome_text


def counting(label: str, rates: Iterable[float], order: list[str]) -> Side:
    remaining = iter(rates)

    def measure() -> float:
        order.append(label)
        return next(remaining)

    return Side(label, measure)


def contest(make: Callable[[str, Iterable[float]], Side]) -> Contest:
    peer, ours = make("peer", [10, 20, 10]), make("ours", [50, 60, 90])
    return Contest(title="A thing", unit="things/s", aim=5, peer=peer, ours=[ours])


def held(order: list[str]) -> Outcome:
    return hold(contest(lambda label, rates: counting(label, rates, order)), rounds=3)


def test_the_sides_take_turns_at_beginning() -> None:
    order: list[str] = []
    held(order)
    assert order == ["peer", "ours", "ours", "peer", "peer", "ours"]


def test_ratios_are_taken_round_by_round() -> None:
    outcome = held([])
    ratio = outcome.ratio(outcome.contest.ours[0])
    assert (ratio.low, ratio.median, ratio.high) == (3, 5, 9)


def test_a_report_names_both_sides_and_whether_the_aim_was_reached() -> None:
    text = outcome_text(held([]))
    assert "peer" in text
    assert "5.0×  (3.0–9.0)   aim 5×: reached" in text
