"""Events through `process()`: one process, no HTTP, stores in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from time import perf_counter
from typing import Any

from bench.asking import create_thread
from bench.contest import Contest, Outcome, Side, hold
from bench.ours.server import OurServer
from bench.peer.memory_store import DictStore
from bench.peer.server import PeerContext, PeerServer
from bench.replies import DELTAS
from chatkit_host.context import RequestContext
from chatkit_host.store import MemoryStore

AIM = 6.0
DELTAS_A_REPLY = 2_000
TURNS_A_ROUND = 5

Talk = Callable[[bytes], Awaitable[AsyncIterator[bytes]]]
"""One request → the events of its answer."""


def contests(deltas: int = DELTAS_A_REPLY, turns: int = TURNS_A_ROUND) -> list[Contest]:
    """What is measured here: replies of so many deltas, so many turns a round."""

    def side(label: str, make: Callable[[], Talk]) -> Side:
        return Side(label, lambda: asyncio.run(_events_a_second(make(), deltas, turns)))

    return [
        Contest(
            title=f"process(): replies of {deltas:,} text deltas, in process",
            unit="events/s",
            aim=AIM,
            peer=side("openai-chatkit", _peer),
            ours=[
                side("chatkit-host, the same code", _ours),
                side("chatkit-host, deltas as TextDelta", lambda: _ours(light=True)),
            ],
        )
    ]


def run(rounds: int, deltas: int = DELTAS_A_REPLY, turns: int = TURNS_A_ROUND) -> list[Outcome]:
    """Measure it, after a round that only warms up."""
    found = []
    for contest in contests(deltas, turns):
        hold(contest, 1)
        found.append(hold(contest, rounds))
    return found


async def _events_a_second(talk: Talk, deltas: int, turns: int) -> float:
    body = create_thread(f"{DELTAS} {deltas}")
    count = 0
    start = perf_counter()
    for _ in range(turns):
        async for _event in await talk(body):
            count += 1
    elapsed = perf_counter() - start
    # Created, the user's message, options, added, done: five events around the deltas.
    if count != turns * (deltas + 5):
        raise RuntimeError(f"{count} events came, of {turns * (deltas + 5)}")
    return count / elapsed


def _peer() -> Talk:
    server = PeerServer(DictStore())
    context = PeerContext("ann")

    async def talk(body: bytes) -> AsyncIterator[bytes]:
        return _events(await server.process(body, context))

    return talk


def _ours(*, light: bool = False) -> Talk:
    server = OurServer(MemoryStore(), light=light)
    context = RequestContext("ann", {"id": "ann"}, {})

    async def talk(body: bytes) -> AsyncIterator[bytes]:
        return _events(await server.process(body, context))

    return talk


def _events(result: Any) -> AsyncIterator[bytes]:
    events: AsyncIterator[bytes] = result.json_events
    return events
