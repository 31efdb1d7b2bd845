"""Outcomes for people, and as JSON for comparing one day with another."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.contest import Outcome, Side, Spread

RESULTS = Path(__file__).parent / "results"
_LABEL = 44


def facts_text(facts: Mapping[str, str]) -> str:
    """The facts, one a line."""
    return "\n".join(f"{name:<9} {value}" for name, value in facts.items())


def outcome_text(outcome: Outcome) -> str:
    """Every side's rate, and what ours is to the peer's."""
    contest = outcome.contest
    rounds = len(outcome.rates[contest.peer.label])
    lines = [f"{contest.title}  [{contest.unit}; median of {rounds} rounds, lowest–highest]"]
    lines.append(_rate_text(contest.peer, outcome.rate(contest.peer)))
    lines += [_side_text(outcome, side) for side in contest.ours]
    return "\n".join(lines)


def save(facts: Mapping[str, str], outcomes: Sequence[Outcome], name: str) -> Path:
    """Write the facts and outcomes to bench/results/; gives the file."""
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{facts['date']}-{name}.json"
    told = {"facts": dict(facts), "contests": [_as_data(outcome) for outcome in outcomes]}
    file.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def _side_text(outcome: Outcome, side: Side) -> str:
    ratio, aim = outcome.ratio(side), outcome.contest.aim
    verdict = "reached" if ratio.median >= aim else "MISSED"
    spread = f"{ratio.median:.1f}×  ({ratio.low:.1f}–{ratio.high:.1f})"
    return f"{_rate_text(side, outcome.rate(side))}   {spread}   aim {aim:g}×: {verdict}"


def _rate_text(side: Side, rate: Spread) -> str:
    return f"  {side.label:<{_LABEL}} {rate.median:>10,.0f}  ({rate.low:,.0f}–{rate.high:,.0f})"


def _as_data(outcome: Outcome) -> dict[str, Any]:
    contest = outcome.contest
    ratios = {side.label: asdict(outcome.ratio(side)) for side in contest.ours}
    return {
        "title": contest.title,
        "unit": contest.unit,
        "aim": contest.aim,
        "rates": outcome.rates,
        "ratios": ratios,
    }
