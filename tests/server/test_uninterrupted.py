"""Work that a cancelling waits for."""

from __future__ import annotations

import asyncio
import logging

import pytest

from chatkit_host.server.uninterrupted import uninterrupted


class Work:
    """Something that ends when its gate opens."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.gate = asyncio.Event()
        self.begun = asyncio.Event()
        self._failure = failure

    async def do(self) -> str:
        self.begun.set()
        await self.gate.wait()
        if self._failure is not None:
            raise self._failure
        return "done"


async def test_it_gives_what_the_work_gives() -> None:
    work = Work()
    work.gate.set()
    assert await uninterrupted(work.do()) == "done"


async def test_a_failure_is_the_caller_s() -> None:
    work = Work(OSError("no disk"))
    work.gate.set()
    with pytest.raises(OSError, match="no disk"):
        await uninterrupted(work.do())


@pytest.mark.parametrize("times", [1, 3])
async def test_cancelling_waits_for_the_end_and_is_felt_then(times: int) -> None:
    work = Work()
    task = asyncio.create_task(uninterrupted(work.do()))
    await work.begun.wait()
    for _ in range(times):
        task.cancel()
        await asyncio.sleep(0)
    assert not task.done()
    work.gate.set()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_failure_behind_a_cancelling_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    work = Work(OSError("no disk"))
    task = asyncio.create_task(uninterrupted(work.do()))
    await work.begun.wait()
    task.cancel()
    work.gate.set()
    with caplog.at_level(logging.ERROR), pytest.raises(asyncio.CancelledError):
        await task
    assert "no disk" in caplog.text
