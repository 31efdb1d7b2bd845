"""Threads for functions of plugins, apart from those that the host itself works with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any

Job = tuple["Future[Any]", Callable[[], Any]]


class PluginThreads:
    """Runs functions in threads of its own, which keep no process from ending.

    A function that hangs keeps its thread: nothing can stop one. So many hang at most, and what
    else the host does in threads is none the worse for it.

    Args:
        most: how many functions run at a time; others wait for their turn.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._lock = Lock()
        self._threads = 0
        self._unfinished = 0

    async def run(self, function: Callable[[], Any]) -> Any:
        """What the function gives; who is cancelled while it waits, never lets it begin."""
        context = copy_context()
        future: Future[Any] = Future()
        self._jobs.put((future, lambda: context.run(function)))
        self._grow()
        return await asyncio.wrap_future(future)

    def _grow(self) -> None:
        with self._lock:
            self._unfinished += 1
            if self._threads >= min(self._unfinished, self._most):
                return
            self._threads += 1
        Thread(target=self._work, name="chatkit-host plugin", daemon=True).start()

    def _work(self) -> None:
        while True:
            _carry_out(*self._jobs.get())
            with self._lock:
                self._unfinished -= 1


def _carry_out(future: Future[Any], function: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = function()
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)
