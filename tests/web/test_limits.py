"""Limits on messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatkit_host.config.values import Rate
from chatkit_host.errors import RateLimitedError
from chatkit_host.web.limits import PRUNE_ABOVE, Buckets, address_key, makes_message
from chatkit_host.web.settings import web_settings
from tests.config.loading import AGENT, config_of
from tests.server.servers import create, request
from tests.web.bots import app_of
from tests.web.live import visit

JSON = {"content-type": "application/json"}


class Hands:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def test_a_bucket_is_empty_after_so_many_and_fills_again() -> None:
    now = Hands()
    buckets = Buckets(Rate(2, 60), now)
    buckets.take("ann")
    buckets.take("ann")
    with pytest.raises(RateLimitedError) as refused:
        buckets.take("ann")
    assert refused.value.retry_after == 30
    now.time = 30
    buckets.take("ann")


def test_each_has_a_bucket_of_their_own() -> None:
    buckets = Buckets(Rate(1, 60), Hands())
    buckets.take("ann")
    buckets.take("bob")


def test_what_one_bucket_refuses_the_other_does_not_pay() -> None:
    now = Hands()
    buckets = Buckets(Rate(1, 60), now)
    buckets.take("address")
    with pytest.raises(RateLimitedError):
        buckets.take("ann", "address")
    buckets.take("ann")


def test_full_buckets_are_forgotten() -> None:
    now = Hands()
    buckets = Buckets(Rate(1, 60), now)
    for number in range(PRUNE_ABOVE):
        buckets.take(f"visitor {number}")
    now.time = 61
    buckets.take("one more")
    assert len(buckets._levels) == 1


@pytest.mark.parametrize(
    ("body", "counts"),
    [
        (create("Hi"), True),
        (rb'{"type": "threads\u002ecreate"}', True),
        (request("input.transcribe"), True),
        (request("threads.custom_action"), True),
        (request("threads.sync_custom_action"), True),
        (request("items.feedback"), False),
        (request("threads.list"), False),
        (b'{"type": ["threads.create"]}', False),
        (b"[]", False),
        (b"not JSON", False),
    ],
)
def test_only_what_makes_a_model_run_counts(body: bytes, counts: bool) -> None:
    assert makes_message(body) is counts


def test_feedback_counts_where_something_is_done_after_it(tmp_path: Path) -> None:
    steps = f"{AGENT}on: {{ feedback: [{{ hidden_context: liked }}] }}"
    plain, asked = (web_settings(config_of(tmp_path, text), b"k" * 32) for text in (AGENT, steps))
    assert not makes_message(request("items.feedback"), plain.counted)
    assert makes_message(request("items.feedback"), asked.counted)
    assert makes_message(request("threads.sync_custom_action"), asked.counted)


async def test_what_settings_count_is_limited() -> None:
    feedback = request("items.feedback", thread_id="t", item_ids=["i"], kind="positive")
    app = app_of(messages=Rate(1, 60), counted=frozenset({"items.feedback"}))
    async with visit(app) as browser:
        answers = [await browser.post("/chatkit", content=feedback, headers=JSON) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [404, 429]


def test_a_household_of_ipv6_is_one_address() -> None:
    assert address_key(("2001:db8::1", 1)) == address_key(("2001:db8::2", 1))
    assert address_key(("2001:db8::1", 1)) != address_key(("2001:db8:0:1::1", 1))
    assert address_key(("10.0.0.1", 1)) != address_key(("10.0.0.2", 1))
    assert address_key(("unix", 0)) == "address:unix"
    assert address_key(None) == "address:unknown"


async def test_too_many_messages_are_refused_until_later() -> None:
    async with visit(app_of(messages=Rate(1, 60))) as browser:
        assert (await browser.post("/chatkit", content=create("1"), headers=JSON)).is_success
        refused = await browser.post("/chatkit", content=create("2"), headers=JSON)
        listed = await browser.post("/chatkit", content=request("threads.list"), headers=JSON)
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "rate_limited")
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert listed.is_success


async def test_a_new_cookie_is_no_new_limit() -> None:
    async with visit(app_of(messages=Rate(1, 60))) as browser:
        assert (await browser.post("/chatkit", content=create("1"), headers=JSON)).is_success
        browser.cookies.clear()
        refused = await browser.post("/chatkit", content=create("2"), headers=JSON)
    assert refused.status_code == 429
