"""`python -m bench [process|http] [--rounds N]`."""

from __future__ import annotations

import argparse

from bench.contest import Outcome
from bench.facts import facts
from bench.report import facts_text, outcome_text, save


def main() -> None:
    """Measure what the command line asks for, and print it."""
    options = _parser().parse_args()
    about = facts()
    print(facts_text(about), flush=True)
    outcomes = []
    for kind in KINDS if options.kind == "all" else [options.kind]:
        outcomes += KINDS[kind](options.rounds)
    if options.save:
        print(f"\nsaved in {save(about, outcomes, options.kind)}")


def _process(rounds: int) -> list[Outcome]:
    from bench.process import run

    return _show(run(rounds))


def _http(rounds: int) -> list[Outcome]:
    from bench.http.bench import run

    outcomes, busiest = run(rounds)
    _show(outcomes)
    shares = ", ".join(f"{label} {share:.0%}" for label, share in busiest.items())
    print(f"\nThe client's own core was at most this busy: {shares}")
    return outcomes


KINDS = {"process": _process, "http": _http}


def _show(outcomes: list[Outcome]) -> list[Outcome]:
    for outcome in outcomes:
        print(f"\n{outcome_text(outcome)}", flush=True)
    return outcomes


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("kind", nargs="?", default="all", choices=["all", *KINDS])
    parser.add_argument("--rounds", type=int, default=5, help="measured rounds (default: 5)")
    parser.add_argument("--save", action="store_true", help="also write bench/results/*.json")
    return parser


if __name__ == "__main__":
    main()
