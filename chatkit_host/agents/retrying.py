"""Models that are asked again when their server fails, and others that answer in their place.

Never once an answer has begun to be seen: what was said cannot be said again. The client of a
server is told not to retry by itself, so that there is one place that does.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from typing import Any, cast

from agents import Model, ModelResponse
from agents.items import TResponseStreamEvent

from chatkit_host.agents.faults import Fault, FaultKind, event_error, fault_of
from chatkit_host.agents.model import ModelAround
from chatkit_host.agents.specs import RetrySpec
from chatkit_host.logger import logger

_SAYS_NOTHING = frozenset({"response.created", "response.in_progress", "response.queued"})
"""Events that come before anything is said: a stream that fails behind them has not begun."""

_FAULTS_OF_THE_REQUEST = frozenset({FaultKind.BAD_REQUEST, FaultKind.CUT_OFF, FaultKind.FILTERED})
"""What no other model would mend."""

Sleep = Callable[[float], Any]


class Opened:
    """A stream up to its first event that says something."""

    def __init__(self, events: AsyncGenerator[TResponseStreamEvent, None]) -> None:
        self._events = events
        self._first: list[TResponseStreamEvent] = []

    async def open(self) -> None:
        """Read that far. Raises what the server fails with."""
        async for event in self._events:
            _raise_failure(event)
            self._first.append(event)
            if event.type not in _SAYS_NOTHING:
                return

    async def rest(self) -> AsyncIterator[TResponseStreamEvent]:
        """All events."""
        for event in self._first:
            yield event
        async for event in self._events:
            _raise_failure(event)
            yield event


class RetryingModel(ModelAround):
    """A model that is asked again, after a while, as its spec says."""

    def __init__(
        self, inner: Model, name: str, spec: RetrySpec, sleep: Sleep = asyncio.sleep
    ) -> None:
        super().__init__(inner)
        self._name = name
        self._spec = spec
        self._sleep = sleep

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        attempt = 1
        while True:
            try:
                return await self._inner.get_response(*args, **kwargs)
            except Exception as error:
                await self._wait(error, attempt)
            attempt += 1

    async def stream_response(
        self, *args: Any, **kwargs: Any
    ) -> AsyncIterator[TResponseStreamEvent]:
        attempt = 1
        while True:
            events = _generator(self._inner.stream_response(*args, **kwargs))
            async with aclosing(events):
                opened = Opened(events)
                try:
                    await opened.open()
                except Exception as error:
                    failure: Exception = error
                else:
                    async for event in opened.rest():
                        yield event
                    return
            await self._wait(failure, attempt)
            attempt += 1

    async def _wait(self, error: Exception, attempt: int) -> None:
        """Come back when it is time to ask again; raises the error if that is of no use."""
        fault = fault_of(error)
        delay = None if fault is None else self._delay(fault, attempt)
        if delay is None:
            raise error
        logger.info("model %s failed, asked again in %.1f s: %r", self._name, delay, error)
        await self._sleep(delay)

    def _delay(self, fault: Fault, attempt: int) -> float | None:
        spec = self._spec
        if attempt >= spec.attempts or not matches(fault, spec.on):
            return None
        if fault.retry_after is not None:  # a server that wants more patience than we have is down
            return fault.retry_after if fault.retry_after <= spec.max_wait else None
        # Not all at once: a server that was too busy would be so again.
        spread = 0.75 + random.random() / 2  # noqa: S311
        return float(min(spec.wait * 2 ** (attempt - 1) * spread, spec.max_wait))


class CoolDowns:
    """Which models have failed a short while ago."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._until: dict[str, float] = {}

    def cool(self, name: str, seconds: float) -> None:
        """Leave this model alone for so long."""
        self._until[name] = self._now() + seconds

    def first(self, names: Sequence[str]) -> list[str]:
        """The names in the order in which to ask: those that cool down come last."""
        return sorted(names, key=lambda name: self._until.get(name, 0.0) > self._now())


class FallbackModel(ModelAround):
    """A model in whose place others answer while it fails.

    Args:
        name: the model's name.
        others: the names of the others, in the order in which they are asked.
        make: gives a model by its name.
        spec: how long a model that has failed is left alone.
        cool_downs: shared by all runs.
    """

    def __init__(
        self,
        name: str,
        others: Sequence[str],
        make: Callable[[str], Model],
        spec: RetrySpec,
        cool_downs: CoolDowns,
    ) -> None:
        super().__init__(make(name))
        self._names = (name, *others)
        self._make = make
        self._spec = spec
        self._cool_downs = cool_downs

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        *before, last = self._cool_downs.first(self._names)
        for name in before:
            try:
                return await self._make(name).get_response(*args, **kwargs)
            except Exception as error:
                self._pass_on(name, error)
        return await self._make(last).get_response(*args, **kwargs)

    async def stream_response(
        self, *args: Any, **kwargs: Any
    ) -> AsyncIterator[TResponseStreamEvent]:
        names = self._cool_downs.first(self._names)
        for name in names:
            events = _generator(self._make(name).stream_response(*args, **kwargs))
            async with aclosing(events):
                opened = Opened(events)
                try:
                    await opened.open()
                except Exception as error:
                    if name == names[-1]:
                        raise
                    self._pass_on(name, error)
                    continue
                async for event in opened.rest():
                    yield event
                return

    def _pass_on(self, name: str, error: Exception) -> None:
        """Note that a model has failed; raises the error if another one would fail, too."""
        fault = fault_of(error)
        if fault is None or fault.kind in _FAULTS_OF_THE_REQUEST:
            raise error
        if fault.kind is not FaultKind.TOO_LONG:  # that is this conversation's fault alone
            self._cool_downs.cool(name, max(self._spec.cool_down, fault.retry_after or 0.0))
        logger.warning("model %s failed, another one answers: %r", name, error)


def matches(fault: Fault, kinds: Sequence[str]) -> bool:
    """Whether a fault is among the kinds: `network`, a status (`429`), or a hundred (`5xx`)."""
    if fault.kind is FaultKind.REFUSED and fault.status == 429:
        return False  # the quota is used up, and will be in a second, too
    if fault.status is None:
        return "network" in kinds
    return str(fault.status) in kinds or f"{fault.status // 100}xx" in kinds


def _raise_failure(event: TResponseStreamEvent) -> None:
    error = event_error(event)
    if error is not None:
        raise error


def _generator(
    events: AsyncIterator[TResponseStreamEvent],
) -> AsyncGenerator[TResponseStreamEvent, None]:
    return cast("AsyncGenerator[TResponseStreamEvent, None]", events)
