"""Plain functions of plugins: they share no thread with the host, and wait for each other."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

import pytest

from chatkit_host.tools.python import PythonKind
from chatkit_host.tools.threads import PluginThreads

SAID: ContextVar[str] = ContextVar("said")


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What hanging functions wait for; open at the end."""
    event = threading.Event()
    yield event
    event.set()


async def hang(threads: PluginThreads, gate: threading.Event) -> asyncio.Task[bool]:
    """A function that hangs, once it does."""
    begun = threading.Event()

    def function() -> bool:
        begun.set()
        return gate.wait()

    task = asyncio.create_task(threads.run(function))
    await asyncio.to_thread(begun.wait)
    return task


async def test_functions_that_hang_leave_the_hosts_threads_alone(gate: threading.Event) -> None:
    threads = PluginThreads(most=50)
    hanging = [await hang(threads, gate) for _ in range(50)]
    async with asyncio.timeout(10):
        assert await asyncio.to_thread(threading.active_count) > 50
    gate.set()
    assert all(await asyncio.gather(*hanging))


async def test_a_function_waits_for_a_thread_and_begins_never_if_it_is_cancelled(
    gate: threading.Event,
) -> None:
    threads, done = PluginThreads(most=1), list[str]()
    first = await hang(threads, gate)
    given_up = asyncio.create_task(threads.run(lambda: done.append("given up")))
    waiting = asyncio.create_task(threads.run(lambda: done.append("waited")))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await given_up
    assert done == []
    gate.set()
    await asyncio.gather(first, waiting)
    assert done == ["waited"]


async def test_what_a_function_raises_and_its_context_come_through() -> None:
    threads = PluginThreads(most=1)
    SAID.set("hello")
    assert await threads.run(SAID.get) == "hello"
    with pytest.raises(ValueError):
        await threads.run(lambda: int("x"))


async def test_the_threads_of_python_tools_keep_no_process_from_ending() -> None:
    turn: Any = None
    thread = await PythonKind(lambda: threading.current_thread()).call(turn, {}, None)
    assert thread.daemon
