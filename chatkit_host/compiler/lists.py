"""A list of steps, compiled: what it does, and which shared values it has to hold for that."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.config.references import walk_steps
from chatkit_host.config.root import Config
from chatkit_host.config.scoped import called_lists
from chatkit_host.config.steps import ForStep, LetStep, SetStep, Step, UpdateWidgetStep
from chatkit_host.steps import compile_steps, run_list
from chatkit_host.store.shared import Place
from chatkit_host.templates import Expression, compile_loop, compile_value


class StepList:
    """The steps of a tool, an action, an endpoint or a hook."""

    def __init__(self, config: Config, specs: Sequence[Step]) -> None:
        self._steps = compile_steps(specs)
        self._writes = written_places(config, specs)
        self._updates = any_step(config, specs, UpdateWidgetStep)
        self.holds_thread = self._updates or writes_thread(config, specs)

    async def run(self, turn: TurnContext, names: Mapping[str, Any]) -> Any:
        """Do all, holding what is written; gives what its `return` gave, else None."""
        async with self.holding(turn):
            return await self.run_held(turn, names)

    @asynccontextmanager
    async def holding(self, turn: TurnContext) -> AsyncIterator[None]:
        """Hold what the list writes; at the end of it the thread has been stored."""
        async with AsyncExitStack() as held:
            if self.holds_thread:
                await held.enter_async_context(turn.parts.holding_state(turn))
            await held.enter_async_context(turn.shared.writing(self._writes))
            yield

    async def run_held(self, turn: TurnContext, names: Mapping[str, Any]) -> Any:
        """The same for a list that is held already."""
        result = await run_list(self._steps, turn, names)
        if self._updates:
            await turn.settled()  # the next one changes what this one has stored
        return result


def written_places(config: Config, specs: Sequence[Step]) -> frozenset[Place]:
    """The places that a list writes, with all that it calls: known before it runs.

    They are taken together at its beginning, so that no two lists can wait for each other.
    """
    lists = [specs, *called_lists(config, specs)]
    return frozenset(place for each in lists for place in _written(config, each))


def writes_thread(config: Config, specs: Sequence[Step]) -> bool:
    """Whether a list, with all that it calls, writes the state or the thread."""
    return any(_sets_thread(each) for each in (specs, *called_lists(config, specs)))


def any_step(config: Config, specs: Sequence[Step], kind: type[Step]) -> bool:
    """Whether a list, with all that it calls, has a step of this kind."""
    lists = (specs, *called_lists(config, specs))
    return any(isinstance(step, kind) for each in lists for _, step in walk_steps(each, ()))


def _sets_thread(specs: Iterable[Step]) -> bool:
    # A name that is written through may stand for a part of the state.
    targets = [
        t for _, step in walk_steps(specs, ()) if isinstance(step, SetStep) for t in step.set
    ]
    return any(target.split(".")[0] != "shared" for target in targets)


def _written(config: Config, specs: Iterable[Step]) -> Iterator[Place]:
    parts: set[str] = set()
    for _, step in walk_steps(specs, ()):
        parts |= {name for name, source in _bound(step) if source.names & {"shared", *parts}}
        for target in step.set if isinstance(step, SetStep) else ():
            root, name, *_ = [*target.split("."), ""]
            if root == "shared" and name in config.shared:
                yield config.shared[name].per
            elif root in parts:
                yield from (each.per for each in config.shared.values())


def _bound(step: Step) -> Iterator[tuple[str, Expression]]:
    """The names that a step binds, each with the expression that it stands for."""
    if isinstance(step, LetStep):
        for name, value in step.let.items():
            lone = compile_value(value).lone
            if lone is not None:
                yield name, lone
    elif isinstance(step, ForStep):
        loop = compile_loop(step.for_)
        yield from ((name, loop.items) for name in loop.names)
