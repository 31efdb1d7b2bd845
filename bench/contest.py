"""Two sides measured in turns, so that a machine that slows down slows both."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Side:
    """Someone who is measured: `measure` runs one round and gives what was done in a second."""

    label: str
    measure: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Contest:
    """One thing to measure: the peer, our side in one form or several, and the ratio to reach."""

    title: str
    unit: str
    aim: float
    peer: Side
    ours: Sequence[Side]

    @property
    def sides(self) -> list[Side]:
        """Everyone, the peer first."""
        return [self.peer, *self.ours]


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of some figures, and how far they reach."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> Spread:
        """The spread of figures, of which there is at least one."""
        return cls(median(figures), min(figures), max(figures))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A contest's rates, by side, in the order of its rounds."""

    contest: Contest
    rates: dict[str, list[float]]

    def rate(self, side: Side) -> Spread:
        """What the side did in a second."""
        return Spread.of(self.rates[side.label])

    def ratio(self, side: Side) -> Spread:
        """How many times the peer's rate that is, round by round."""
        peer = self.rates[self.contest.peer.label]
        pairs = zip(self.rates[side.label], peer, strict=True)
        return Spread.of([own / other for own, other in pairs])


def hold(contest: Contest, rounds: int) -> Outcome:
    """Measure every side once a round; who begins changes from round to round."""
    rates: dict[str, list[float]] = {side.label: [] for side in contest.sides}
    for number in range(rounds):
        for side in _rotated(contest.sides, number):
            gc.collect()
            rates[side.label].append(side.measure())
    return Outcome(contest, rates)


def _rotated(sides: list[Side], by: int) -> list[Side]:
    start = by % len(sides)
    return sides[start:] + sides[:start]
