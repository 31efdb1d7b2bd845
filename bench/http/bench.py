"""Whole turns and deltas a second over HTTP, both sides on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import uvloop

from bench.contest import Contest, Outcome, Side, hold
from bench.http.children import Child, serving
from bench.http.load import drive
from bench.replies import PACED, SHORT

TURNS_AIM = 15.0
DELTAS_AIM = 2.5
LABELS = {
    "peer": "openai-chatkit, FastAPI",
    "ours": "chatkit-host, the same code",
    "light": "chatkit-host, deltas as TextDelta",
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is asked for. Our side gets more turns, so that its rounds last long enough."""

    streams: int = 50
    peer_turns: int = 200
    our_turns: int = 2_000
    deltas: int = 400


@dataclass(slots=True)
class Load:
    """The client's view of one run: the servers, the sizes, and how busy it was itself."""

    children: dict[str, Child]
    sizes: Sizes
    busiest: dict[str, float] = field(default_factory=dict)

    def turns_a_second(self, side: str) -> float:
        """Whole turns with a short answer."""
        turns = self.sizes.peer_turns if side == "peer" else self.sizes.our_turns
        return turns / self._drive(side, turns, SHORT, 3)

    def deltas_a_second(self, side: str) -> float:
        """One turn in each stream, all at once; each delta comes by itself."""
        streams, deltas = self.sizes.streams, self.sizes.deltas
        return streams * deltas / self._drive(side, streams, f"{PACED} {deltas}", deltas)

    def _drive(self, side: str, turns: int, prompt: str, deltas: int) -> float:
        port = self.children[side].port
        timed = uvloop.run(drive(port, self.sizes.streams, turns, prompt, deltas))
        self.busiest[side] = max(self.busiest.get(side, 0), timed.client_share)
        return timed.seconds


def contests(load: Load) -> list[Contest]:
    """What is measured here."""
    streams = load.sizes.streams

    def turns(side: str) -> Side:
        return Side(LABELS[side], lambda: load.turns_a_second(side))

    def deltas(side: str) -> Side:
        return Side(LABELS[side], lambda: load.deltas_a_second(side))

    return [
        Contest(
            title=f"HTTP: threads.create with a short reply, {streams} streams, SQLite",
            unit="turns/s",
            aim=TURNS_AIM,
            peer=turns("peer"),
            ours=[turns("ours")],
        ),
        Contest(
            title=f"HTTP: {streams} streams of {load.sizes.deltas} deltas, each its own wake-up",
            unit="deltas/s",
            aim=DELTAS_AIM,
            peer=deltas("peer"),
            ours=[deltas("ours"), deltas("light")],
        ),
    ]


def run(rounds: int, sizes: Sizes | None = None) -> tuple[list[Outcome], dict[str, float]]:
    """Measure it, after a round that only warms up; also how busy the client was, by side."""
    with _servers() as children:
        warming = Load(children, sizes or Sizes())
        for contest in contests(warming):
            hold(contest, 1)
        load = Load(children, warming.sizes)
        outcomes = [hold(contest, rounds) for contest in contests(load)]
    return outcomes, {LABELS[side]: share for side, share in load.busiest.items()}


@contextmanager
def _servers() -> Iterator[dict[str, Child]]:
    with TemporaryDirectory(prefix="chatkit-bench-") as folder, ExitStack() as stack:
        yield {side: stack.enter_context(serving(side, Path(folder))) for side in LABELS}
