"""Load: so many connections at once, each asking again as soon as it has its answer."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, process_time

from bench.asking import create_thread
from bench.http.answers import check
from bench.http.client import Connection

PATIENCE = 300


@dataclass(frozen=True, slots=True)
class Timed:
    """How long it took, and for what share of that the client itself was busy."""

    seconds: float
    client_share: float


async def drive(port: int, streams: int, turns: int, prompt: str, deltas: int) -> Timed:
    """`turns` turns over `streams` connections, each turn asking `prompt`; answers are checked.

    Every connection has asked once, and has its cookie, before the clock starts.
    """
    body = create_thread(prompt)
    async with asyncio.timeout(PATIENCE):
        opening = (Connection.open(port, f"user{number}") for number in range(streams))
        connections = await asyncio.gather(*opening)
        await asyncio.gather(*(one.ask(create_thread("short")) for one in connections))
        timed, answers = await _measure(connections, body, turns)
    for connection in connections:
        connection.close()
    check(answers, deltas)
    return timed


async def _measure(
    connections: list[Connection], body: bytes, turns: int
) -> tuple[Timed, list[bytes]]:
    answers: list[bytes] = []
    left = iter(range(turns))

    async def ask_again_and_again(connection: Connection) -> None:
        for _ in left:
            answers.append(await connection.ask(body))

    with _no_collecting():
        start, busy = perf_counter(), process_time()
        await asyncio.gather(*map(ask_again_and_again, connections))
        seconds = perf_counter() - start
        return Timed(seconds, (process_time() - busy) / seconds), answers


@contextmanager
def _no_collecting() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
