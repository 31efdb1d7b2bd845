"""Every benchmark runs, in tiny numbers; how fast, no test can say."""

from __future__ import annotations

import warnings

import pytest

from bench.facts import facts

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the peer warns of its own widget classes
    from bench.http.bench import LABELS, Sizes
    from bench.http.bench import run as run_http
    from bench.process import run as run_process

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:chatkit")


def test_process_measures_both_sides() -> None:
    (outcome,) = run_process(rounds=1, deltas=20, turns=1)
    assert all(rates[0] > 0 for rates in outcome.rates.values())
    assert len(outcome.rates) == 3


def test_http_measures_real_servers_that_answer_rightly() -> None:
    sizes = Sizes(streams=2, peer_turns=4, our_turns=4, deltas=10)
    turns, deltas = run_http(rounds=1, sizes=sizes)[0]
    assert set(turns.rates) == {LABELS["peer"], LABELS["ours"]}
    assert set(deltas.rates) == set(LABELS.values())


def test_facts_name_both_packages() -> None:
    versions = facts()["versions"]
    assert "openai-chatkit 1.6.5" in versions
    assert "chatkit-host" in versions
